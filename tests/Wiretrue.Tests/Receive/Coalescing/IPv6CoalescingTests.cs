using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class IPv6CoalescingTests
{
    private static readonly IPv6Fields Plain = new() { FlowLabel = 0x12345 };

    private static readonly (byte, byte[]) HopByHop = (0, [0, 0, 1, 4, 0, 0, 0, 0]);
    private static readonly (byte, byte[]) Destination = (60, [0, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    [Fact]
    public void Another_hop_limit_starts_anew() => AssertStartsAnew(ip => ip with { HopLimit = 63 });

    [Fact]
    public void Another_traffic_class_starts_anew() => AssertStartsAnew(ip => ip with { TrafficClass = 0x10 });

    [Fact]
    public void A_mark_of_congestion_starts_anew() => AssertStartsAnew(ip => ip with { TrafficClass = 3 });

    [Fact]
    public void Another_flow_label_is_another_flow() => AssertIsOtherFlow(ip => ip with { FlowLabel = 0x12344 });

    [Fact]
    public void Other_addresses_are_another_flow()
    {
        AssertIsOtherFlow(ip => ip with { Source = Plain.Destination });
        AssertIsOtherFlow(ip => ip with { Destination = Plain.Source });
    }

    [Fact]
    public void Extension_headers_that_are_the_same_join_and_are_kept()
    {
        var ip = Plain with { Extensions = [HopByHop, Destination] };
        byte[][] frames = [.. Segment.InOrder(5, 1200, ip).Select(s => s.Build())];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames);
        Assert.Equal(5, Assert.Single(results).State.GsoSegments);
        Assert.Equal(14 + 40 + 8 + 16, results[0].State.ChecksumStart);
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void Other_extension_headers_are_another_flow()
    {
        AssertIsOtherFlow(ip => ip with { Extensions = [HopByHop] });
        AssertIsOtherFlow(ip => ip with { Extensions = [Destination] });
        (byte Number, byte[] Bytes) other = (0, [.. HopByHop.Item2[..7], 1]);
        List<Segment> one = Segment.InOrder(3, ip: Plain with { Extensions = [HopByHop] });
        List<Segment> two = Segment.InOrder(3, ip: Plain with { Extensions = [other] });
        Assert.Equal([3, 3], Burst.Counts(one.Zip(two, (a, b) => new[] { a, b }).SelectMany(pair => pair)));
    }

    [Fact]
    public void A_fragment_header_passes_and_overtakes_what_is_held()
    {
        List<Segment> segments = Segment.InOrder(3, ip: Plain);
        byte[] fragment = (segments[1] with { IP = Plain with { Extensions = [(44, new byte[8])] } }).Build();
        List<(byte[] Bytes, OffloadState State)> results =
            Burst.Coalesce([segments[0].Build(), fragment, segments[1].Build(), segments[2].Build()]);
        Assert.Equal([0, 3], results.Select(r => r.State.GsoSegments));
        Burst.AssertIsUntouched(fragment, results[0]);
    }

    [Fact]
    public void A_length_that_is_not_the_frames_lets_go_what_is_held_and_passes()
    {
        List<Segment> segments = Segment.InOrder(5, ip: Plain);
        foreach (int wrong in (int[])[0, 119, 121])
        {
            Segment changed = segments[2] with { IP = Plain with { LengthField = (ushort)wrong } };
            Assert.Equal([2, 1, 2], Burst.Counts([.. segments[..2], changed, .. segments[3..]]));
        }
    }

    private static void AssertStartsAnew(Func<IPv6Fields, IPv6Fields> change) => Assert.Equal(
        [2, 1, 3], Burst.Counts(Segment.InOrder(6, ip: Plain).Select((s, i) => i == 2 ? s with { IP = change(Plain) } : s)));

    private static void AssertIsOtherFlow(Func<IPv6Fields, IPv6Fields> change)
    {
        List<Segment> one = Segment.InOrder(3, ip: Plain);
        List<Segment> other = Segment.InOrder(3, ip: change(Plain));
        Assert.Equal([3, 3], Burst.Counts(one.Zip(other, (a, b) => new[] { a, b }).SelectMany(pair => pair)));
    }
}
