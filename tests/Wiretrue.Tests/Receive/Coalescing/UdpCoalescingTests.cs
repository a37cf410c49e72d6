using Wiretrue.Checksums;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class UdpCoalescingTests
{
    private static readonly CoalescerOptions Forwarding = new() { UdpForwarding = true };

    public static TheoryData<bool> Versions => new(false, true);

    [Fact]
    public void Datagrams_pass_unless_they_are_asked_for()
    {
        Assert.Equal([0, 0, 0], Segments(Burst.Coalesce(Datagrams([100, 100, 100]))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Datagrams_become_the_super_datagram_that_they_are_cut_from(bool isIPv6)
    {
        byte[][] frames = [.. Datagrams([1000, 1000, 1000, 400], isIPv6)];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames, Forwarding);
        (byte[] bytes, OffloadState state) = Assert.Single(results);
        var expectedState = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = isIPv6 ? 54 : 34,
            ChecksumOffset = 6,
            GsoType = GsoType.UdpL4,
            GsoSize = 1000,
            GsoSegments = 4,
        };
        Assert.Equal(expectedState, state);
        byte[] payload = [.. frames.SelectMany(f => f[(isIPv6 ? 62 : 42)..])];
        IPFields ip = isIPv6 ? new IPv6Fields() : new IPv4Fields();
        Assert.Equal(Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, payload)), bytes);
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void A_shorter_datagram_joins_and_is_the_last() =>
        Assert.Equal([2, 2], Segments(Burst.Coalesce(Datagrams([100, 99, 100, 100]), Forwarding)));

    [Fact]
    public void A_longer_datagram_starts_anew() =>
        Assert.Equal([2, 2], Segments(Burst.Coalesce(Datagrams([100, 100, 101, 101]), Forwarding)));

    [Fact]
    public void No_more_than_64_join() =>
        Assert.Equal([64, 64, 2], Segments(Burst.Coalesce(Datagrams([.. Enumerable.Repeat(10, 130)]), Forwarding)));

    [Fact]
    public void A_datagram_without_a_checksum_passes_and_overtakes_what_is_held()
    {
        byte[][] frames = [.. Datagrams([100, 100, 100])];
        frames[1] = Frames.Ethernet(Frames.Udp(new IPv4Fields { Id = 2 }, new UdpFields { Checksum = FieldChecksum.Zero }, Frames.Payload(100)));
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames, Forwarding);
        Assert.Equal(frames[1], results[0].Bytes);
        Assert.Equal([0, 0, 0], Segments(results));
    }

    [Fact]
    public void A_bad_checksum_passes_and_overtakes_what_is_held()
    {
        byte[][] frames = [.. Datagrams([100, 100])];
        byte[] bad = Frames.Ethernet(Frames.Udp(new IPv4Fields { Id = 2 }, new UdpFields { Checksum = FieldChecksum.Bad }, Frames.Payload(100)));
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([frames[0], bad, frames[1]], Forwarding);
        Burst.AssertIsUntouched(bad, results[0]);
        Assert.Equal([0, 2], Segments(results));
    }

    [Fact]
    public void An_empty_or_padded_datagram_passes_and_overtakes_what_is_held()
    {
        byte[][] frames = [.. Datagrams([100, 100])];
        byte[] empty = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields(), []));
        byte[] padded = Frames.Ethernet(new IPv4Fields().Wrap(17, [.. Frames.UdpDatagram(new IPv4Fields(), new UdpFields(), new byte[4]), 0, 0]));
        foreach (byte[] frame in (byte[][])[empty, padded])
        {
            List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([frames[0], frame, frames[1]], Forwarding);
            Assert.Equal(frame, results[0].Bytes);
            Assert.Equal([0, 2], Segments(results));
        }
    }

    [Fact]
    public void Headers_of_the_network_count_as_they_do_for_TCP()
    {
        byte[][] frames = [.. Datagrams([100, 100, 100, 100])];
        frames[2] = Frames.Ethernet(Frames.Udp(new IPv4Fields { Id = 3, HopLimit = 63 }, new UdpFields(), Frames.Payload(100)));
        Assert.Equal([2, 0, 0], Segments(Burst.Coalesce(frames, Forwarding)));
    }

    [Fact]
    public void A_frame_that_ends_within_the_header_passes()
    {
        byte[] frame = Frames.Ethernet(new IPv4Fields().Wrap(17, new byte[7]));
        Burst.AssertIsUntouched(frame, Assert.Single(Burst.Coalesce([frame], Forwarding)));
    }

    [Fact]
    public void A_list_keeps_no_sum_of_its_first_datagram()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(new CoalescerOptions { FragmentLists = true });
        using var ready = new PacketQueue();
        foreach (byte[] frame in Datagrams([100, 100, 100]))
        {
            var state = new OffloadState { Checksum = ChecksumState.Complete, ChecksumStart = 14, CompleteSum = InternetChecksum.Sum(frame.AsSpan(14)) };
            coalescer.Receive(pool.Rent(frame, state), ready);
        }
        coalescer.Flush(ready);
        OffloadState listed = Assert.Single(ready.Packets()).Offload;
        Assert.Equal((GsoType.UdpL4 | GsoType.FragmentList, 3), (listed.GsoType, listed.GsoSegments));
        Assert.Equal((ChecksumState.Unnecessary, 0, 0), (listed.Checksum, listed.ChecksumStart, listed.CompleteSum));
    }

    private static int[] Segments(List<(byte[] Bytes, OffloadState State)> results) => [.. results.Select(r => r.State.GsoSegments)];

    private static IEnumerable<byte[]> Datagrams(int[] lengths, bool isIPv6 = false)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            IPFields ip = isIPv6 ? new IPv6Fields() : new IPv4Fields { Id = (ushort)(1 + i) };
            yield return Frames.Ethernet(Frames.Udp(ip, new UdpFields(), Frames.Payload(lengths[i], i)));
        }
    }
}
