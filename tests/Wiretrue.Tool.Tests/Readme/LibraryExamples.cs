using System.Net;
using Wiretrue.Devices;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Tool.Tests.Readme;

/// <summary>The README's examples in C#: what stands between the marks stands in the README, and does what it says there.</summary>
public sealed class LibraryExamples
{
    [Fact]
    public void A_super_frame_is_cut_for_a_wire_of_1500_bytes()
    {
        byte[] frame = SuperFrame(payloadLength: 64240);

        // begin: cut
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        NetDevice wire = NetDevice.Wire(mtu: 1500);

        // What a stack hands to its card: one frame of 64 KiB, its checksum half-made, to be cut into segments of 1460 bytes.
        Packet superFrame = pool.Rent(frame, new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = 34,
            ChecksumOffset = 16,
            GsoType = GsoType.TcpV4,
            GsoSize = 1460,
        });

        // A wire can do nothing itself: what comes out are 44 frames with good checksums, which share the one payload.
        TransmitPath.Validate(superFrame, wire, ready);
        wire.Transmit(ready);
        // end

        Assert.Equal(44, wire.Statistics.TransmittedPackets);
        Assert.Equal(44 * 1514, wire.Statistics.TransmittedBytes);
    }

    [Fact]
    public void Frames_become_a_super_frame_that_goes_into_a_tunnel_whole()
    {
        using var pool = new PacketPool();
        byte[][] frames = [.. Cut(pool, SuperFrame(payloadLength: 64240))];

        // begin: tunnel
        using var coalescer = new Coalescer();
        using var received = new PacketQueue();
        using var ready = new PacketQueue();
        NetDevice wire = NetDevice.Wire(mtu: 1550);
        Encapsulator vxlan = new VxlanTunnel
        {
            Local = IPAddress.Parse("198.51.100.1"),
            Remote = IPAddress.Parse("198.51.100.2"),
            Link = new EthernetHeaderFields(0x0200_0000_0002, 0x0200_0000_0001, default),
            NetworkIdentifier = 42,
        }.CreateEncapsulator();

        // A burst that a card has received: checksums are verified, and frames of a flow joined.
        foreach (byte[] frame in frames)
            coalescer.Receive(pool.Rent(frame, default), received);
        coalescer.Flush(received);

        // What was one flow is one packet. It goes into the tunnel as it is, and is cut at the very end.
        while (received.Dequeue() is { } packet)
        {
            if (vxlan.Encapsulate(packet) == DropReason.None)
                TransmitPath.Validate(packet, wire, ready);
            else
                packet.Dispose();
        }
        wire.Transmit(ready);
        // end

        Assert.Equal(44, frames.Length);
        Assert.Equal(1, coalescer.Statistics.SuperFrames);
        Assert.Equal(44, wire.Statistics.TransmittedPackets);
        Assert.Equal(44 * (1514 + 50), wire.Statistics.TransmittedBytes);
    }

    [Fact]
    public void A_half_made_checksum_is_completed()
    {
        byte[] frame = SuperFrame(payloadLength: 100);

        // begin: complete
        // Finish what the stack left to the card: sum from byte 34, store 16 bytes on.
        ushort checksum = PartialChecksum.Complete(frame, start: 34, offset: 16);
        // end

        byte[] expected = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(100)));
        Assert.Equal(expected, frame);
        Assert.Equal((ushort)((expected[50] << 8) | expected[51]), checksum);
    }

    private static List<byte[]> Cut(PacketPool pool, byte[] superFrame)
    {
        using var ready = new PacketQueue();
        TransmitPath.Validate(
            pool.Rent(superFrame, new OffloadState
            {
                Checksum = ChecksumState.Partial,
                ChecksumStart = 34,
                ChecksumOffset = 16,
                GsoType = GsoType.TcpV4,
                GsoSize = 1460,
            }),
            NetDevice.Wire(mtu: 1500),
            ready);
        var frames = new List<byte[]>();
        while (ready.Dequeue() is { } packet)
        {
            byte[] bytes = new byte[packet.Length];
            packet.CopyTo(bytes);
            packet.Dispose();
            frames.Add(bytes);
        }
        return frames;
    }

    private static byte[] SuperFrame(int payloadLength) => Frames.Ethernet(
        Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(payloadLength)));
}
