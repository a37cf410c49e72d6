using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class LinkCoalescingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(11)]
    public void Other_addresses_of_the_link_are_another_flow(int at)
    {
        List<byte[]> frames = Segment.InOrder(4).ConvertAll(s => s.Build());
        frames[1][at] ^= 2;
        frames[3][at] ^= 2;
        Assert.Equal([0, 0, 0, 0], Burst.Coalesce(frames).Select(r => r.State.GsoSegments));
        List<byte[]> one = Segment.InOrder(3).ConvertAll(s => s.Build()), other = Segment.InOrder(3).ConvertAll(s => s.Build());
        other.ForEach(frame => frame[at] ^= 2);
        Assert.Equal([3, 3], Burst.Coalesce(one.Zip(other, (a, b) => new[] { a, b }).SelectMany(pair => pair)).Select(r => r.State.GsoSegments));
    }

    [Theory]
    [InlineData(LinkType.Raw, false)]
    [InlineData(LinkType.Raw, true)]
    [InlineData(LinkType.IPv4, false)]
    [InlineData(LinkType.IPv6, true)]
    public void Packets_without_a_link_header_join(LinkType link, bool isIPv6)
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        IPFields ip = isIPv6 ? new IPv6Fields() : new IPv4Fields();
        List<Segment> segments = Segment.InOrder(4, 500, ip);
        foreach (Segment segment in segments)
        {
            Packet packet = pool.Rent(segment.Build().AsSpan(14), default);
            packet.LinkType = link;
            coalescer.Receive(packet, ready);
        }
        coalescer.Flush(ready);
        Packet whole = Assert.Single(ready.Packets());
        byte[] expected = Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial }, [.. segments.SelectMany(s => s.Payload)]);
        Assert.Equal(expected, Cutter.Bytes(whole));
        Assert.Equal(isIPv6 ? 40 : 20, whole.Offload.ChecksumStart);
    }

    [Fact]
    public void A_link_that_coalescing_does_not_read_passes()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        foreach (Segment segment in Segment.InOrder(3))
        {
            Packet packet = pool.Rent(segment.Build(), default);
            packet.LinkType = LinkType.LinuxSll;
            coalescer.Receive(packet, ready);
        }
        Assert.Equal(3, ready.Count);
    }

    [Fact]
    public void Frames_of_other_types_pass_and_overtake_what_is_held()
    {
        List<Segment> segments = Segment.InOrder(2);
        byte[] arp = Frames.Ethernet(0x0806, new byte[46]);
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce([segments[0].Build(), arp, segments[1].Build()]);
        Burst.AssertIsUntouched(arp, results[0]);
        Assert.Equal(2, results[1].State.GsoSegments);
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(14, false)]
    public void Headers_in_headers_are_read_fifteen_deep(int tags, bool isJoined)
    {
        (ushort, ushort)[] all = [.. Enumerable.Range(1, tags).Select(i => ((ushort)0x8100, (ushort)i))];
        IEnumerable<Segment> segments = Segment.InOrder(3).Select(s => s with { Tags = all });
        Assert.Equal(isJoined ? [3] : [1, 1, 1], Burst.Counts(segments));
    }
}
