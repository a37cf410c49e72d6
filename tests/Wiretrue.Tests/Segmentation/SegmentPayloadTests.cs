using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Segments point at the super-frame's pages.</summary>
public sealed class SegmentPayloadTests
{
    [Fact]
    public void The_payload_is_not_copied()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var page = new Page(frame);
        TransmitPath.Validate(pool.Rent(page, 0, frame.Length, Cutter.State(GsoType.TcpV4, 1000, 34)), NetDevice.Wire(), ready);
        int offset = 54;
        for (Packet? segment = ready.First; segment is not null; segment = segment.Next, offset += 1000)
            Assert.Equal([new PageFragment(page, offset, 1000)], segment.Fragments.ToArray());
        Assert.Equal(1 + 5, page.References);
        ready.Clear();
        Assert.Equal(1, page.References);
    }

    [Fact]
    public void A_segment_with_more_pieces_than_it_has_room_for_gets_a_copy_of_the_rest()
    {
        byte[] payload = Frames.Payload(3000);
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, payload));
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(frame.AsSpan(0, 54), Cutter.State(GsoType.TcpV4, 1000, 34));
        var page = new Page(frame);
        for (int offset = 54; offset < frame.Length; offset += 7)
        {
            Packet piece = pool.Rent(page, offset, Math.Min(7, frame.Length - offset), default);
            packet.AddToFragmentList(piece);
        }
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        List<byte[]> expected = Cutter.PlainTcp(new IPv4Fields(), new TcpFields(), payload, 1000);
        foreach (byte[] whole in expected)
        {
            using Packet segment = ready.Dequeue()!;
            Assert.True(segment.Fragments.Length <= Packet.MaxFragments);
            Assert.Equal(Convert.ToHexString(Frames.Ethernet(whole)), Convert.ToHexString(Cutter.Bytes(segment)));
        }
        Assert.Equal(1, page.References);
        Assert.Equal(0, pool.OutstandingPages);
    }
}
