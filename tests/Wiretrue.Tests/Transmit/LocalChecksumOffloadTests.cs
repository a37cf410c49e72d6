using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

public sealed class LocalChecksumOffloadTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 1001)]
    [InlineData(true, 1000)]
    public void Outer_and_inner_checksum_are_finished_together(bool outerIsV6, int payload)
    {
        IPFields outer = outerIsV6 ? new IPv6Fields() : new IPv4Fields();
        byte[] Build(FieldChecksum kind) => Frames.Ethernet(Frames.Vxlan(
            outer, kind, Frames.Ethernet(Frames.Tcp(new IPv6Fields(), new TcpFields { Checksum = kind }, Frames.Payload(payload)))));

        int transport = 14 + outer.HeaderLength + 8 + 8 + 14 + 40;
        // Whatever the outer field holds is made new.
        foreach (FieldChecksum field in (FieldChecksum[])[FieldChecksum.Partial, FieldChecksum.Good])
        {
            byte[] frame = Build(FieldChecksum.Partial);
            Build(field).AsSpan(0, 14 + outer.HeaderLength + 8).CopyTo(frame);
            List<byte[]> frames = Cutter.Cut(frame, Owed(GsoType.UdpTunnelChecksum, transport));
            Assert.Equal(Convert.ToHexString(Build(FieldChecksum.Good)), Convert.ToHexString(Assert.Single(frames)));
        }
    }

    [Fact]
    public void A_GRE_checksum_is_finished_with_the_inner_one()
    {
        byte[] Build(FieldChecksum kind)
        {
            byte[] inner = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = kind }, Frames.Payload(333));
            byte[] gre = [0xA0, 0, 8, 0, 0, 0, 0, 0, 1, 2, 3, 4, .. inner];
            if (kind == FieldChecksum.Good)
                BinaryPrimitives.WriteUInt16BigEndian(gre.AsSpan(4), PlainSum.Checksum(gre));
            return Frames.Ethernet(new IPv4Fields().Wrap(47, gre));
        }

        List<byte[]> frames = Cutter.Cut(Build(FieldChecksum.Partial), Owed(GsoType.GreChecksum, 14 + 20 + 12 + 20));
        Assert.Equal(Convert.ToHexString(Build(FieldChecksum.Good)), Convert.ToHexString(Assert.Single(frames)));
    }

    /// <summary>To the outer checksum, the inner tunnel's is data: it must be in place before.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tunnels_in_one_another_are_finished_from_the_inside_out(bool isGre)
    {
        PlainIP ip = new(new IPv4Fields());
        PlainUdp udp = new(new UdpFields());
        PlainHeader[] inner = isGre ? [new PlainGre(HasChecksum: true, Key: 3)] : [udp, new PlainGeneve(9, [1, 2, 3, 1, 4, 5, 6, 7]), new PlainEthernet()];
        var frame = new PlainFrame(
            [new PlainEthernet(), ip, udp, new PlainVxlan(7), new PlainEthernet(), ip, .. inner, ip, new PlainTcp(new TcpFields())],
            Frames.Payload(999));
        GsoType type = GsoType.UdpTunnelChecksum | (isGre ? GsoType.GreChecksum : GsoType.None);
        byte[] sent = Assert.Single(Cutter.Cut(frame.Build(), Owed(type, frame.TransportOffset)));
        Assert.Equal(Convert.ToHexString(frame.Segments(999).Single()), Convert.ToHexString(sent));
    }

    [Fact]
    public void A_GRE_key_is_not_taken_for_a_checksum()
    {
        byte[] inner = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(333));
        byte[] frame = Frames.Ethernet(new IPv4Fields().Wrap(47, [0x20, 0, 8, 0, 1, 2, 3, 4, .. inner]));
        Assert.Equal(
            DropReason.GsoTypeMismatch, Cutter.TryCut(frame, Owed(GsoType.GreChecksum, 14 + 20 + 8 + 20), NetDevice.Wire(), out _));
    }

    [Fact]
    public void Padding_behind_the_inner_packet_is_covered_by_the_outer_checksum()
    {
        byte[] Build(FieldChecksum kind)
        {
            byte[] inner = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = kind }, Frames.Payload(3)));
            return Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), kind, [.. inner, 9, 8, 7, 6, 5]));
        }

        OffloadState state = Owed(GsoType.UdpTunnelChecksum, 84) with { ChecksumOffset = 6 };
        Assert.Equal(
            Convert.ToHexString(Build(FieldChecksum.Good)), Convert.ToHexString(Assert.Single(Cutter.Cut(Build(FieldChecksum.Partial), state))));
    }

    [Fact]
    public void A_snapped_packet_gets_its_outer_checksum_though_the_inner_one_is_unknown()
    {
        byte[] Build(FieldChecksum outer, FieldChecksum inner) => Frames.Ethernet(Frames.Vxlan(
            new IPv4Fields(), outer, Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(900)))));

        byte[] whole = Build(FieldChecksum.Good, FieldChecksum.Good);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(Build(FieldChecksum.Partial, FieldChecksum.Partial).AsSpan(0, 200), Owed(GsoType.UdpTunnelChecksum, 84));
        packet.MissingTail = whole.Length - 200;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        byte[] bytes = Cutter.Bytes(packet);
        Assert.Equal(Convert.ToHexString(whole.AsSpan(0, 84 + 16)), Convert.ToHexString(bytes.AsSpan(0, 84 + 16)));
        Assert.Equal(ChecksumState.Partial, packet.Offload.Checksum);
    }

    [Fact]
    public void A_tunnel_that_is_not_there_drops_the_packet()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(10)));
        Assert.Equal(
            DropReason.GsoTypeMismatch, Cutter.TryCut(frame, Owed(GsoType.UdpTunnelChecksum, 34), NetDevice.Wire(), out _));
    }

    private static OffloadState Owed(GsoType type, int transport) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumStart = transport,
        ChecksumOffset = 16,
        GsoType = type,
    };
}
