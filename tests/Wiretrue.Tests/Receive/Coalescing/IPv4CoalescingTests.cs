using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class IPv4CoalescingTests
{
    [Fact]
    public void Another_time_to_live_starts_anew() => AssertStartsAnew(ip => ip with { HopLimit = 63 });

    [Fact]
    public void Another_type_of_service_starts_anew() => AssertStartsAnew(ip => ip with { TrafficClass = 0x10 });

    [Fact]
    public void A_mark_of_congestion_starts_anew() => AssertStartsAnew(ip => ip with { TrafficClass = 3 });

    [Fact]
    public void Another_flag_about_fragments_starts_anew() => AssertStartsAnew(ip => ip with { DontFragment = false });

    [Fact]
    public void Identifications_that_count_join_with_and_without_the_flag()
    {
        Assert.Equal([5], Burst.Counts(Segment.InOrder(5, ip: new IPv4Fields { DontFragment = false })));
        Assert.Equal([5], Burst.Counts(Segment.InOrder(5, ip: new IPv4Fields { Id = 0xFFFE })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Identifications_that_stay_join_and_say_so(bool dontFragment)
    {
        var ip = new IPv4Fields { DontFragment = dontFragment };
        byte[][] frames = [.. Segment.InOrder(5).Select(s => (s with { IP = ip }).Build())];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames);
        Assert.Equal(GsoType.TcpV4 | GsoType.TcpFixedId, Assert.Single(results).State.GsoType);
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void The_second_frame_decides_whether_identifications_stay_or_count()
    {
        Assert.Equal([3, 2], Numbered(7, 7, 7, 8, 9));
        Assert.Equal([2, 2], Numbered(7, 8, 8, 8));
        Assert.Equal([1, 1, 2], Numbered(7, 9, 3, 4));
    }

    [Fact]
    public void Options_pass_and_overtake_what_is_held() => AssertOvertakes(ip => ip with { Options = [1, 1, 1, 0] });

    [Fact]
    public void Fragments_pass_and_overtake_what_is_held()
    {
        AssertOvertakes(ip => ip with { DontFragment = false, MoreFragments = true });
        AssertOvertakes(ip => ip with { DontFragment = false, FragmentOffset = 3 });
    }

    [Fact]
    public void A_bad_header_checksum_passes_and_overtakes_what_is_held() =>
        AssertOvertakes(ip => ip with { HeaderChecksum = FieldChecksum.Bad });

    [Fact]
    public void A_length_that_is_not_the_frames_lets_go_what_is_held_and_passes()
    {
        List<Segment> segments = Segment.InOrder(5);
        foreach (int wrong in (int[])[100, 139, 141, 0])
        {
            Segment changed = segments[2] with { IP = ((IPv4Fields)segments[2].IP) with { LengthField = (ushort)wrong } };
            Assert.Equal([2, 1, 2], Burst.Counts([.. segments[..2], changed, .. segments[3..]]));
        }
    }

    [Fact]
    public void Other_addresses_are_another_flow()
    {
        List<Segment> one = Segment.InOrder(3);
        foreach (IPv4Fields ip in (IPv4Fields[])[new() { Source = new([192, 0, 2, 9]) }, new() { Destination = new([192, 0, 2, 9]) }])
            Assert.Equal([3, 3], Burst.Counts(Interleaved(one, Segment.InOrder(3, ip: ip))));
    }

    [Fact]
    public void Other_protocols_pass_and_overtake_what_is_held()
    {
        List<Segment> segments = Segment.InOrder(2);
        byte[] icmp = Frames.Ethernet(new IPv4Fields().Wrap(1, new byte[64]));
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([segments[0].Build(), icmp, segments[1].Build()]);
        Assert.Equal([0, 2], results.Select(r => r.State.GsoSegments));
    }

    private static IEnumerable<Segment> Interleaved(List<Segment> one, List<Segment> other) =>
        one.Zip(other, (a, b) => new[] { a, b }).SelectMany(pair => pair);

    private static int[] Numbered(params int[] identifications) => Burst.Counts(
        Segment.InOrder(identifications.Length).Select((s, i) => s with { IP = (IPv4Fields)s.IP with { Id = (ushort)identifications[i] } }));

    private static void AssertStartsAnew(Func<IPv4Fields, IPv4Fields> change) => Assert.Equal(
        [2, 1, 3],
        Burst.Counts(Segment.InOrder(6).Select((s, i) => i == 2 ? s with { IP = change((IPv4Fields)s.IP) } : s)));

    private static void AssertOvertakes(Func<IPv4Fields, IPv4Fields> change)
    {
        List<Segment> segments = Segment.InOrder(4);
        byte[] strange = (segments[1] with { IP = change((IPv4Fields)segments[1].IP) }).Build();
        List<(byte[] Bytes, OffloadState State)> results =
            Burst.Coalesce([segments[0].Build(), segments[1].Build(), strange, segments[2].Build(), segments[3].Build()]);
        Assert.Equal([0, 4], results.Select(r => r.State.GsoSegments));
        Burst.AssertIsUntouched(strange, results[0]);
    }
}
