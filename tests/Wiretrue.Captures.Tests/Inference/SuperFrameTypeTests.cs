using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class SuperFrameTypeTests
{
    private static readonly byte[] Big = Frames.Payload(4000);

    [Fact]
    public void The_type_follows_the_headers()
    {
        byte[] tcp4 = Frames.Tcp(new IPv4Fields(), new TcpFields(), Big);
        byte[] tcp6 = Frames.Tcp(new IPv6Fields(), new TcpFields(), Big);
        Assert.Equal(GsoType.TcpV4, TypeOf(tcp4));
        Assert.Equal(GsoType.TcpV6, TypeOf(tcp6));
        Assert.Equal(GsoType.UdpL4, TypeOf(Frames.Udp(new IPv4Fields(), new UdpFields(), Big)));
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnel, TypeOf(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Zero, Frames.Ethernet(tcp4))));
        Assert.Equal(GsoType.TcpV6 | GsoType.UdpTunnelChecksum, TypeOf(Frames.Geneve(new IPv4Fields(), FieldChecksum.Good, Frames.Ethernet(tcp6))));
        Assert.Equal(GsoType.TcpV4 | GsoType.IPXIP4, TypeOf(new IPv4Fields().Wrap(4, tcp4)));
        Assert.Equal(GsoType.TcpV6 | GsoType.IPXIP4, TypeOf(new IPv4Fields().Wrap(41, tcp6)));
        Assert.Equal(GsoType.TcpV4 | GsoType.IPXIP6, TypeOf(new IPv6Fields().Wrap(4, tcp4)));
        Assert.Equal(GsoType.TcpV4 | GsoType.Gre, TypeOf(Gre([0x00, 0x00, 0x08, 0x00], tcp4)));
        Assert.Equal(GsoType.TcpV4 | GsoType.GreChecksum, TypeOf(Gre([0x80, 0x00, 0x08, 0x00, 0, 0, 0, 0], tcp4)));
        Assert.Equal(GsoType.TcpV4 | GsoType.Gre, TypeOf(Gre([0x20, 0x00, 0x08, 0x00, 0, 0, 0, 9], tcp4)));
    }

    [Fact]
    public void Congestion_window_reduced_and_a_constant_identification_are_said()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Flags = TcpFields.Ack | TcpFields.Cwr }, Big);
        Assert.Equal(GsoType.TcpV4 | GsoType.TcpEcn, TypeOf(packet));
        Assert.Equal(GsoType.TcpV4 | GsoType.TcpEcn | GsoType.TcpFixedId, TypeOf(packet, fixedIdentification: true));
        Assert.Equal(GsoType.TcpV6, TypeOf(Frames.Tcp(new IPv6Fields(), new TcpFields(), Big), fixedIdentification: true));
    }

    [Fact]
    public void A_sequence_number_in_gre_cannot_be_made_anew() =>
        Assert.Equal(GsoType.None, TypeOf(Gre([0x10, 0x00, 0x08, 0x00, 0, 0, 0, 1], Frames.Tcp(new IPv4Fields(), new TcpFields(), Big))));

    [Fact]
    public void Two_tunnels_are_both_said()
    {
        byte[] tcp = Frames.Tcp(new IPv4Fields(), new TcpFields(), Big);
        byte[] inner = Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frames.Ethernet(tcp));
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnel, TypeOf(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frames.Ethernet(inner))));
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnel | GsoType.IPXIP4, TypeOf(new IPv4Fields().Wrap(4, inner)));
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnel | GsoType.GreChecksum, TypeOf(Gre([0x80, 0x00, 0x08, 0x00, 0, 0, 0, 0], inner)));
    }

    [Fact]
    public void Tunnels_that_are_not_alike_and_a_third_one_cannot_be_said()
    {
        byte[] tcp = Frames.Tcp(new IPv4Fields(), new TcpFields(), Big);
        byte[] inner = Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frames.Ethernet(tcp));
        Assert.Equal(GsoType.None, TypeOf(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, Frames.Ethernet(inner))));
        Assert.Equal(GsoType.None, TypeOf(new IPv6Fields().Wrap(4, new IPv4Fields().Wrap(4, inner))));
        Assert.Equal(GsoType.None, TypeOf(Gre([0, 0, 0x08, 0], Gre([0x80, 0x00, 0x08, 0x00, 0, 0, 0, 0], tcp))));
    }

    [Fact]
    public void A_checksum_that_is_left_to_the_receiver_is_said()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Big));
        byte[] asking = Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = 4789 }, [8, 0x20, 0, 0, 0, 0, 7, 0x11, .. frame]);
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnelChecksum | GsoType.TunnelRemoteChecksum, TypeOf(asking));
        Assert.Equal(GsoType.None, TypeOf(new IPv4Fields().Wrap(4, asking)));
    }

    private static byte[] Gre(byte[] header, byte[] inner) => new IPv4Fields().Wrap(47, [.. header, .. inner]);

    private static GsoType TypeOf(byte[] packet, bool fixedIdentification = false)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, packet.Length, LinkType.Raw, ref layout);
        return SuperFrameType.Of(packet, in layout, layout.InnerTransport, fixedIdentification);
    }
}
