using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>A super-frame of which the capture kept the beginning: cut by what its headers declare.</summary>
public sealed class SnappedSuperFrameTests
{
    private static readonly TcpFields Owed = new() { Checksum = FieldChecksum.Partial };

    [Theory]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(1054)]
    [InlineData(1055)]
    [InlineData(2500)]
    [InlineData(5053)]
    public void Segments_have_true_headers_and_lengths_and_say_what_is_missing(int kept)
    {
        byte[] payload = Frames.Payload(5000);
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), Owed, payload));
        List<byte[]> whole = [.. Cutter.PlainTcp(new IPv4Fields(), Owed, payload, 1000).Select(packet => Frames.Ethernet(packet))];

        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(frame.AsSpan(0, kept), Cutter.State(GsoType.TcpV4, 1000, 34));
        packet.MissingTail = frame.Length - kept;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));

        Assert.Equal(5, ready.Count);
        int index = 0;
        for (Packet? segment = ready.First; segment is not null; segment = segment.Next, index++)
        {
            Assert.Equal(whole[index].Length, segment.OriginalLength);
            Assert.Equal(54 + Math.Clamp(kept - 54 - (index * 1000), 0, 1000), segment.Length);
            byte[] bytes = Cutter.Bytes(segment);
            byte[] expected = whole[index][..bytes.Length];
            if (segment.MissingTail == 0)
            {
                Assert.Equal(ChecksumState.None, segment.Offload.Checksum);
            }
            else
            {
                // The checksum stays owed: the field holds the pseudo-header's sum, for this segment's length.
                Assert.Equal(ChecksumState.Partial, segment.Offload.Checksum);
                Assert.Equal(34, segment.Offload.ChecksumStart);
                BinaryPrimitives.WriteUInt16BigEndian(expected.AsSpan(50), new IPv4Fields().PseudoSum(6, 1020));
            }
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(bytes));
        }
    }

    [Fact]
    public void A_cut_within_the_headers_is_refused()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), Owed with { Options = TcpFields.Timestamps }, Frames.Payload(5000)));
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        NetDevice wire = NetDevice.Wire();
        for (int kept = 0; kept < 66; kept++)
        {
            Packet packet = pool.Rent(frame.AsSpan(0, kept), Cutter.State(GsoType.TcpV4, 1000, 34));
            packet.MissingTail = frame.Length - kept;
            Assert.NotEqual(DropReason.None, TransmitPath.Validate(packet, wire, ready));
        }
        Assert.Equal(0, ready.Count);
        Assert.Equal(0, pool.OutstandingPackets);
    }

    [Fact]
    public void The_outer_checksum_of_a_tunnel_is_known_though_the_inner_one_is_not()
    {
        byte[] payload = Frames.Payload(3000);
        byte[] Build(uint sequence, int id, byte[] part, FieldChecksum checksum) => Frames.Ethernet(Frames.Vxlan(
            new IPv4Fields { Id = (ushort)id },
            checksum,
            Frames.Ethernet(Frames.Tcp(new IPv4Fields { Id = (ushort)id }, Owed with { Sequence = sequence, Checksum = checksum }, part))));

        byte[] frame = Build(1000, 1, payload, FieldChecksum.Partial);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(frame.AsSpan(0, 200), Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnelChecksum, 1000, 84));
        packet.MissingTail = frame.Length - 200;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        for (int i = 0; i < 3; i++)
        {
            using Packet segment = ready.Dequeue()!;
            byte[] whole = Build(1000 + (uint)(i * 1000), 1 + i, payload[(i * 1000)..((i + 1) * 1000)], FieldChecksum.Good);
            Assert.Equal(Convert.ToHexString(whole.AsSpan(0, 84 + 16)), Convert.ToHexString(segment.Linear[..(84 + 16)]));
        }
    }
}
