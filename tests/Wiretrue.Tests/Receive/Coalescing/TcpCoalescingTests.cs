using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class TcpCoalescingTests
{
    public static TheoryData<bool> Versions => new(false, true);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Frames_in_order_become_the_super_frame_that_they_are_cut_from(bool isIPv6)
    {
        IPFields ip = isIPv6 ? new IPv6Fields() : new IPv4Fields();
        var tcp = new TcpFields { Options = TcpFields.Timestamps };
        List<Segment> segments = Segment.InOrder(44, 1448, ip, tcp);
        (byte[] bytes, OffloadState state) = Assert.Single(Burst.Coalesce(segments.Select(s => s.Build())));

        TcpFields owed = tcp with { Checksum = FieldChecksum.Partial };
        byte[] expected = Frames.Ethernet(Frames.Tcp(ip, owed, [.. segments.SelectMany(s => s.Payload)]));
        Assert.Equal(expected, bytes);
        int transport = isIPv6 ? 54 : 34;
        var expectedState = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = transport,
            ChecksumOffset = 16,
            GsoType = isIPv6 ? GsoType.TcpV6 : GsoType.TcpV4,
            GsoSize = 1448,
            GsoSegments = 44,
        };
        Assert.Equal(expectedState, state);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void What_comes_out_is_cut_into_what_went_in(bool isIPv6)
    {
        List<Segment> segments = Segment.InOrder(20, 512, isIPv6 ? new IPv6Fields() : new IPv4Fields());
        segments[^1] = segments[^1].WithFlags(TcpFields.Psh) with { Payload = [1, 2, 3] };
        byte[][] frames = [.. segments.Select(s => s.Build())];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames);
        Assert.Single(results);
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void A_frame_that_stays_alone_is_as_it_was_and_is_verified()
    {
        byte[] frame = Segment.InOrder(1)[0].Build();
        (byte[] bytes, OffloadState state) = Assert.Single(Burst.Coalesce([frame]));
        Assert.Equal(frame, bytes);
        Assert.Equal(new OffloadState { Checksum = ChecksumState.Unnecessary }, state);
    }

    [Fact]
    public void Another_acknowledgment_number_starts_anew() => AssertStartsAnew(s => s with { Tcp = s.Tcp with { Acknowledgment = 2001 } });

    [Fact]
    public void Another_window_starts_anew() => AssertStartsAnew(s => s with { Tcp = s.Tcp with { Window = 999 } });

    [Fact]
    public void Other_timestamps_start_anew()
    {
        byte[] later = [.. TcpFields.Timestamps];
        later[^1]++;
        List<Segment> segments = Segment.InOrder(4, tcp: new TcpFields { Options = TcpFields.Timestamps });
        segments[2] = segments[2] with { Tcp = segments[2].Tcp with { Options = later } };
        Assert.Equal([2, 1, 1], Burst.Counts(segments));
    }

    [Fact]
    public void Options_that_come_or_go_start_anew() => AssertStartsAnew(s => s with { Tcp = s.Tcp with { Options = TcpFields.Timestamps } });

    [Theory]
    [InlineData(TcpFields.Ece)]
    [InlineData(TcpFields.Ae)]
    public void Another_flag_starts_anew(int flag) => AssertStartsAnew(s => s.WithFlags(flag));

    [Fact]
    public void CWR_starts_anew_even_where_all_have_it()
    {
        Assert.Equal([1, 1, 1], Burst.Counts(Segment.InOrder(3).Select(s => s.WithFlags(TcpFields.Cwr))));
    }

    [Fact]
    public void ECE_joins_where_all_have_it() =>
        Assert.Equal([3], Burst.Counts(Segment.InOrder(3).Select(s => s.WithFlags(TcpFields.Ece))));

    [Theory]
    [InlineData(TcpFields.Psh)]
    [InlineData(TcpFields.Fin)]
    public void PSH_and_FIN_join_and_end_the_super_frame(ushort flag)
    {
        List<Segment> segments = Segment.InOrder(5);
        segments[2] = segments[2].WithFlags(flag);
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(segments.Select(s => s.Build()));
        Assert.Equal([3, 2], results.Select(r => r.State.GsoSegments));
        Assert.Equal(TcpFields.Ack | flag, results[0].Bytes[34 + 13]);
        Assert.Equal(TcpFields.Ack, results[1].Bytes[34 + 13]);
    }

    [Theory]
    [InlineData(TcpFields.Urg)]
    [InlineData(TcpFields.Rst)]
    [InlineData(TcpFields.Syn)]
    public void URG_RST_and_SYN_let_go_what_is_held_and_pass(ushort flag)
    {
        List<Segment> segments = Segment.InOrder(5);
        segments[2] = segments[2].WithFlags(flag);
        Assert.Equal([2, 1, 2], Burst.Counts(segments));
    }

    [Theory]
    [InlineData(TcpFields.Psh)]
    [InlineData(TcpFields.Fin)]
    [InlineData(TcpFields.Urg)]
    public void A_first_frame_with_an_ending_flag_is_not_held(ushort flag)
    {
        List<Segment> segments = Segment.InOrder(3);
        segments[0] = segments[0].WithFlags(flag);
        Assert.Equal([1, 2], Burst.Counts(segments));
    }

    [Fact]
    public void A_shorter_frame_joins_and_ends_the_super_frame()
    {
        List<Segment> segments = Segment.InOrder(4);
        segments[1] = segments[1] with { Payload = segments[1].Payload[..99] };
        Assert.Equal([2, 2], Burst.Counts(segments));
    }

    [Fact]
    public void A_longer_frame_starts_anew()
    {
        List<Segment> segments = Segment.InOrder(3);
        segments[1] = segments[1] with { Payload = Frames.Payload(101) };
        Assert.Equal([1, 1, 1], Burst.Counts(segments));
    }

    [Fact]
    public void An_empty_segment_passes_and_lets_go_what_is_held()
    {
        List<Segment> segments = Segment.InOrder(4);
        segments.Insert(2, segments[2] with { Payload = [] });
        Assert.Equal([2, 1, 2], Burst.Counts(segments));
    }

    [Fact]
    public void An_empty_segment_of_a_flow_of_which_nothing_is_held_passes()
    {
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([(Segment.InOrder(1)[0] with { Payload = [] }).Build()]);
        Assert.Equal(ChecksumState.Unnecessary, Assert.Single(results).State.Checksum);
    }

    [Fact]
    public void A_gap_starts_anew()
    {
        List<Segment> segments = Segment.InOrder(5);
        segments.RemoveAt(2);
        Assert.Equal([2, 2], Burst.Counts(segments));
    }

    [Fact]
    public void A_duplicate_starts_anew_and_what_follows_goes_on_from_there()
    {
        List<Segment> segments = Segment.InOrder(5);
        segments.Insert(2, segments[1]);
        Assert.Equal([2, 4], Burst.Counts(segments));
    }

    [Fact]
    public void Sequence_numbers_go_on_past_zero()
    {
        Assert.Equal([4], Burst.Counts(Segment.InOrder(4, tcp: new TcpFields { Sequence = 0xFFFF_FF38 })));
    }

    [Fact]
    public void A_bad_checksum_passes_and_overtakes_what_is_held()
    {
        List<Segment> segments = Segment.InOrder(4);
        byte[] bad = (segments[2] with { Tcp = segments[2].Tcp with { Checksum = FieldChecksum.Bad } }).Build();
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([segments[0].Build(), segments[1].Build(), bad, segments[2].Build()]);
        Assert.Equal([0, 3], results.Select(r => r.State.GsoSegments));
        Assert.Equal(bad, results[0].Bytes);
        Assert.Equal(default, results[0].State);
    }

    [Fact]
    public void Padding_passes_and_lets_go_what_is_held()
    {
        List<Segment> segments = Segment.InOrder(5);
        segments[2] = segments[2] with { Padding = 2 };
        Assert.Equal([2, 1, 2], Burst.Counts(segments));
    }

    [Fact]
    public void The_urgent_pointer_is_the_first_ones()
    {
        List<Segment> segments = Segment.InOrder(3);
        segments[1] = segments[1] with { Tcp = segments[1].Tcp with { UrgentPointer = 7 } };
        Assert.Equal([3], Burst.Counts(segments));
    }

    [Fact]
    public void Flows_are_told_apart_by_their_ports()
    {
        List<Segment> one = Segment.InOrder(3, tcp: new TcpFields { SourcePort = 1 });
        List<Segment> other = Segment.InOrder(3, tcp: new TcpFields { SourcePort = 2 });
        Assert.Equal([3, 3], Burst.Counts(one.Zip(other, (a, b) => new[] { a, b }).SelectMany(pair => pair)));
    }

    [Fact]
    public void A_header_that_says_too_little_or_too_much_passes()
    {
        List<Segment> segments = Segment.InOrder(2);
        byte[] first = segments[0].Build();
        byte[] second = segments[1].Build();
        foreach (int dataOffset in (int[])[0, 4, 15])
        {
            byte[] frame = Respoiled(second, 34 + 12, (byte)(dataOffset << 4));
            List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([first, frame[..(54 + 30)]]);
            Assert.All(results, r => Assert.Equal(0, r.State.GsoSegments));
        }
    }

    [Theory]
    [InlineData(ChecksumState.Unnecessary)]
    [InlineData(ChecksumState.Partial)]
    public void What_the_device_vouches_for_is_not_looked_at(ChecksumState checksum)
    {
        var state = new OffloadState { Checksum = checksum, ChecksumStart = checksum == ChecksumState.Partial ? 34 : 0, ChecksumOffset = 16 };
        IEnumerable<byte[]> frames = Segment.InOrder(3).Select(s => (s with { Tcp = s.Tcp with { Checksum = FieldChecksum.Bad } }).Build());
        Assert.Equal(3, Assert.Single(Burst.Coalesce(frames, state: state)).State.GsoSegments);
    }

    [Fact]
    public void The_sum_of_a_device_is_believed_when_it_fits()
    {
        var results = new List<OffloadState>();
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        foreach (Segment segment in Segment.InOrder(3))
        {
            byte[] frame = segment.Build();
            var state = new OffloadState { Checksum = ChecksumState.Complete, ChecksumStart = 14, CompleteSum = InternetChecksum.Sum(frame.AsSpan(14)) };
            coalescer.Receive(pool.Rent(frame, state), ready);
        }
        coalescer.Flush(ready);
        Assert.Equal(3, ready.First!.Offload.GsoSegments);
        Assert.Equal(ChecksumState.Partial, ready.First.Offload.Checksum);
        Assert.Equal(0, ready.First.Offload.CompleteSum);
    }

    private static void AssertStartsAnew(Func<Segment, Segment> change)
    {
        List<Segment> segments = Segment.InOrder(6);
        Assert.Equal([2, 4], Burst.Counts(segments.Select((segment, i) => i < 2 ? segment : change(segment))));
        // One that differs is alone, and the others go on after it.
        Assert.Equal([2, 1, 3], Burst.Counts(segments.Select((segment, i) => i == 2 ? change(segment) : segment)));
    }

    private static byte[] Respoiled(byte[] frame, int offset, byte value)
    {
        byte[] other = [.. frame];
        other[offset] = value;
        ushort sum = (ushort)((frame[50] << 8) | frame[51]);
        sum = InternetChecksum.Update(sum, (ushort)((frame[46] << 8) | frame[47]), (ushort)((other[46] << 8) | other[47]));
        other[50] = (byte)(sum >> 8);
        other[51] = (byte)sum;
        return other;
    }
}
