using System.Buffers.Binary;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class BigTcpCoalescingTests
{
    private static readonly CoalescerOptions Big = new() { MaxSize = 200_000, MaxIPv4Size = 200_000 };

    public static TheoryData<bool> Versions => new(false, true);

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_super_frame_stays_below_64_KiB_unless_more_is_asked_for(bool isIPv6)
    {
        IPFields ip = isIPv6 ? new IPv6Fields() : new IPv4Fields();
        int header = isIPv6 ? 60 : 40;
        // 65,535 bytes and not one more.
        Assert.Equal([5, 1], Burst.Counts(Segment.InOrder(6, (65_535 - header) / 5, ip)));
        List<Segment> segments = Segment.InOrder(2, 40_000, ip);
        segments[1] = segments[1] with { Payload = Frames.Payload(65_535 - header - 40_000) };
        Assert.Equal([2], Burst.Counts(segments));
        segments[1] = segments[1] with { Payload = Frames.Payload(65_536 - header - 40_000) };
        Assert.Equal([1, 1], Burst.Counts(segments));
    }

    [Fact]
    public void A_smaller_size_ends_super_frames_sooner()
    {
        var options = new CoalescerOptions { MaxIPv4Size = 341, MaxSize = 361 };
        Assert.Equal([3, 3], Burst.Counts(Segment.InOrder(6), options));
        Assert.Equal([2, 2, 2], Burst.Counts(Segment.InOrder(6), options with { MaxIPv4Size = 340 }));
        Assert.Equal([3, 3], Burst.Counts(Segment.InOrder(6, ip: new IPv6Fields()), options));
        Assert.Equal([2, 2, 2], Burst.Counts(Segment.InOrder(6, ip: new IPv6Fields()), options with { MaxSize = 360 }));
    }

    [Fact]
    public void A_longer_IPv4_packet_says_no_length()
    {
        byte[][] frames = [.. Segment.InOrder(100, 1448).Select(s => s.Build())];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames, Big);
        (byte[] bytes, OffloadState state) = Assert.Single(results);
        Assert.Equal(100, state.GsoSegments);
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(16)));
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void A_longer_IPv6_packet_says_its_length_in_a_jumbo_payload_option()
    {
        byte[][] frames = [.. Segment.InOrder(100, 1428, new IPv6Fields()).Select(s => s.Build())];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames, Big);
        (byte[] bytes, OffloadState state) = Assert.Single(results);
        Assert.Equal(14 + 40 + 8 + 20 + 142_800, bytes.Length);
        Assert.Equal(62, state.ChecksumStart);
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(18)));
        Assert.Equal(0, bytes[20]);
        Assert.Equal([6, 0, 0xC2, 4, 0, 2, 0x2D, 0xEC], bytes[54..62]);
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void A_packet_without_headroom_gets_some_for_the_option()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(Big);
        using var ready = new PacketQueue();
        byte[][] frames = [.. Segment.InOrder(60, 1428, new IPv6Fields()).Select(s => s.Build())];
        foreach (byte[] frame in frames)
            coalescer.Receive(pool.Rent(new Page(frame), 0, frame.Length, default), ready);
        coalescer.Flush(ready);
        Packet packet = ready.First!;
        Assert.Equal(0xC2, packet.Linear[56]);
        Assert.Equal(14 + 40 + 8 + 20 + (60 * 1428), packet.Length);
    }

    [Fact]
    public void UDP_stays_below_64_KiB_whatever_is_asked_for()
    {
        IEnumerable<byte[]> frames = Enumerable.Range(0, 60)
            .Select(i => Frames.Ethernet(Frames.Udp(new IPv4Fields { Id = (ushort)i }, new UdpFields(), Frames.Payload(1472, i))));
        Assert.Equal([44, 16], Burst.Coalesce(frames, Big with { UdpForwarding = true }).Select(r => r.State.GsoSegments));
    }
}
