using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

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

    private static byte[] SuperFrame(int payloadLength) => Frames.Ethernet(
        Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(payloadLength)));
}
