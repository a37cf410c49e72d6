using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class TunnelWalkTests
{
    private static readonly byte[] Inner = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(100));
    private static readonly byte[] Inner6 = Frames.Tcp(new IPv6Fields(), new TcpFields(), Frames.Payload(100));
    private static readonly byte[] InnerFrame = Frames.Ethernet(Inner);

    [Fact]
    public void A_real_VXLAN_packet() => Assert.Equal(
        "Ethernet 0+14/124 IPv4 14+20/110 Udp 34+8/90 Vxlan 42+8/82 Ethernet 50+14/74 IPv4 64+20/60 Tcp 84+40/40",
        Walks.Describe(RealBytes.VxlanTcpSyn));

    [Fact]
    public void The_outermost_and_the_innermost_transport_are_told_apart()
    {
        PacketLayout layout = Walks.Walk(RealBytes.VxlanTcpSyn);
        Assert.Equal(2, layout.OuterTransport);
        Assert.Equal(6, layout.InnerTransport);
        Assert.Equal(1, layout.NetworkOf(2));
        Assert.Equal(5, layout.NetworkOf(6));
    }

    [Theory]
    [InlineData(4789)]
    [InlineData(8472)]
    public void VXLAN_on_both_of_its_ports(int port) => Assert.Equal(
        "IPv4 Udp Vxlan Ethernet IPv4 Tcp", UdpTunnel(port, [8, 0, 0, 0, 0, 0, 42, 0, .. InnerFrame]));

    [Theory]
    [InlineData(new byte[] { 0x88, 0x48, 1, 2, 0, 0, 42, 0 })]
    [InlineData(new byte[] { 0x08, 0x20, 0, 0, 0, 0, 42, 0x11 })]
    public void VXLAN_with_group_policy_or_remote_checksum(byte[] header) => Assert.Equal(
        "IPv4 Udp Vxlan Ethernet IPv4 Tcp", UdpTunnel(4789, [.. header, .. InnerFrame]));

    [Theory]
    [InlineData(new byte[] { 0x00, 0, 0, 0, 0, 0, 42, 0 })]
    [InlineData(new byte[] { 0x0C, 0, 0, 0, 0, 0, 42, 0 })]
    [InlineData(new byte[] { 0x08, 0x40, 0, 0, 0, 0, 42, 0 })]
    [InlineData(new byte[] { 0x08, 0, 0, 1, 0, 0, 42, 0 })]
    [InlineData(new byte[] { 0x08, 0, 0, 0, 0, 0, 42, 1 })]
    public void A_port_alone_does_not_make_a_tunnel(byte[] header) => Assert.Equal(
        "IPv4 Udp", UdpTunnel(4789, [.. header, .. InnerFrame]));

    [Fact]
    public void VXLAN_GPE_says_what_it_carries()
    {
        Assert.Equal("IPv4 Udp VxlanGpe IPv4 Tcp", UdpTunnel(4790, [0x0C, 0, 0, 1, 0, 0, 42, 0, .. Inner]));
        Assert.Equal("IPv4 Udp VxlanGpe IPv6 Tcp", UdpTunnel(4790, [0x0C, 0, 0, 2, 0, 0, 42, 0, .. Inner6]));
        Assert.Equal("IPv4 Udp VxlanGpe Ethernet IPv4 Tcp", UdpTunnel(4790, [0x0C, 0, 0, 3, 0, 0, 42, 0, .. InnerFrame]));
        Assert.Equal("IPv4 Udp VxlanGpe Ethernet IPv4 Tcp", UdpTunnel(4790, [0x08, 0, 0, 0, 0, 0, 42, 0, .. InnerFrame]));
        Assert.Equal("IPv4 Udp VxlanGpe", UdpTunnel(4790, [0x0C, 0, 0, 6, 0, 0, 42, 0, .. Inner]));
    }

    [Fact]
    public void Geneve_with_options()
    {
        Assert.Equal("IPv4 Udp Geneve Ethernet IPv4 Tcp", UdpTunnel(6081, [0, 0, 0x65, 0x58, 0, 0, 42, 0, .. InnerFrame]));
        Assert.Equal("IPv4 Udp Geneve IPv6 Tcp", UdpTunnel(6081, [2, 0x40, 0x86, 0xDD, 0, 0, 42, 0, 1, 2, 0x80, 1, 0, 0, 0, 9, .. Inner6]));
        Assert.Equal("IPv4 Udp", UdpTunnel(6081, [0x40, 0, 0x65, 0x58, 0, 0, 42, 0, .. InnerFrame]));
    }

    [Fact]
    public void GTP_U_with_and_without_optional_fields()
    {
        byte[] length = [(byte)(Inner.Length >> 8), (byte)Inner.Length];
        byte[] longer = [(byte)((Inner.Length + 8) >> 8), (byte)(Inner.Length + 8)];
        Assert.Equal("IPv4 Udp GtpU IPv4 Tcp", UdpTunnel(2152, [0x30, 0xFF, .. length, 0, 0, 0, 1, .. Inner]));
        // An extension header of one word: its length, two bytes of content, and the type of what follows.
        Assert.Equal("IPv4 Udp GtpU IPv4 Tcp", UdpTunnel(2152, [0x34, 0xFF, .. longer, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0x10, 9, 0, .. Inner]));
        Assert.Equal("IPv4 Udp", UdpTunnel(2152, [0x32, 0x01, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal("IPv4 Udp", UdpTunnel(2152, [0x34, 0xFF, .. longer, 0, 0, 0, 1, 0, 0, 0, 0x85, 0, 0x10, 9, 0, .. Inner]));
    }

    [Theory]
    [InlineData(4, "IPv4 IPv4 Tcp")]
    [InlineData(41, "IPv4 IPv6 Tcp")]
    public void IP_in_IPv4(byte protocol, string expected) => Assert.Equal(
        expected, Walks.Kinds(new IPv4Fields().Wrap(protocol, protocol == 4 ? Inner : Inner6), LinkType.Raw));

    [Theory]
    [InlineData(4, "IPv6 IPv4 Tcp")]
    [InlineData(41, "IPv6 IPv6 Tcp")]
    public void IP_in_IPv6(byte protocol, string expected) => Assert.Equal(
        expected, Walks.Kinds(new IPv6Fields().Wrap(protocol, protocol == 4 ? Inner : Inner6), LinkType.Raw));

    [Fact]
    public void MPLS_in_IP() => Assert.Equal(
        "IPv4 Mpls IPv4 Tcp", Walks.Kinds(new IPv4Fields().Wrap(137, [0, 1, 0x41, 64, .. Inner]), LinkType.Raw));

    [Theory]
    [InlineData(0x00, 4)]
    [InlineData(0x80, 8)]
    [InlineData(0x20, 8)]
    [InlineData(0x10, 8)]
    [InlineData(0xB0, 16)]
    public void GRE_with_any_optional_fields(byte flags, int headerLength)
    {
        byte[] packet = Gre([flags, 0, 8, 0, .. new byte[headerLength - 4], .. Inner]);
        Assert.Equal("IPv4 Gre IPv4 Tcp", Walks.Kinds(packet, LinkType.Raw));
        Assert.Equal(headerLength, Walks.Walk(packet, LinkType.Raw)[1].HeaderLength);
    }

    [Fact]
    public void GRE_carries_whole_frames() => Assert.Equal(
        "IPv4 Gre Ethernet IPv4 Tcp", Walks.Kinds(Gre([0, 0, 0x65, 0x58, .. InnerFrame]), LinkType.Raw));

    [Fact]
    public void ERSPAN_of_every_type()
    {
        byte[] typeII = [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1, 0x10, 7, 0, 9, 0, 0, 0, 0, .. InnerFrame];
        byte[] typeIII = [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, .. InnerFrame];
        byte[] platform = [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0, 1, .. new byte[8], .. InnerFrame];
        byte[] routed = [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0x08, 0, .. Inner];
        Assert.Equal("IPv4 Gre Ethernet IPv4 Tcp", Walks.Kinds(Gre([0, 0, 0x88, 0xBE, .. InnerFrame]), LinkType.Raw));
        Assert.Equal("IPv4 Gre Erspan Ethernet IPv4 Tcp", Walks.Kinds(Gre(typeII), LinkType.Raw));
        Assert.Equal("IPv4 Gre Erspan Ethernet IPv4 Tcp", Walks.Kinds(Gre(typeIII), LinkType.Raw));
        Assert.Equal("IPv4 Gre Erspan Ethernet IPv4 Tcp", Walks.Kinds(Gre(platform), LinkType.Raw));
        Assert.Equal("IPv4 Gre Erspan IPv4 Tcp", Walks.Kinds(Gre(routed), LinkType.Raw));
    }

    [Fact]
    public void PPTP_and_source_routes_are_not_followed()
    {
        byte[] pptp = Gre([0x30, 0x81, 0x88, 0x0B, 0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 3, 0, 0x21]);
        Assert.Equal("IPv4 0+20/40 Gre 20+16/20 Payload 36+0/4", Walks.Describe(pptp, LinkType.Raw));
        Assert.Equal("IPv4 Gre", Walks.Kinds(Gre([0x40, 0, 8, 0, 0, 0, 0, 0, .. Inner]), LinkType.Raw));
    }

    [Fact]
    public void An_outer_UDP_length_of_0_covers_the_super_frame()
    {
        byte[] inner = Frames.Tcp(new IPv4Fields { LengthField = 0 }, new TcpFields(), Frames.Payload(80_000));
        byte[] tunnel = [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Ethernet(inner)];
        byte[] packet = Frames.Udp(new IPv6Fields { LengthField = 0 }, new UdpFields { DestinationPort = 4789, LengthField = 0 }, tunnel);
        Assert.Equal(
            "IPv6 0+40/80110 Udp 40+8/80070 Vxlan 48+8/80062 Ethernet 56+14/80054 IPv4 70+20/80040 Tcp 90+20/80020 Payload 110+0/80000",
            Walks.Describe(packet, LinkType.Raw));
        Assert.Equal(LengthSource.UdpZeroLength, Walks.Walk(packet, LinkType.Raw)[1].LimitedBy);
    }

    [Fact]
    public void An_outer_UDP_length_of_one_segment_covers_the_super_frame_too()
    {
        byte[] tunnel = [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(6000)))];
        byte[] packet = Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = 4789, LengthField = 1478 }, tunnel);
        Assert.Equal("IPv4 Udp Vxlan Ethernet IPv4 Tcp", Walks.Kinds(packet, LinkType.Raw));
        Assert.Equal(LengthSource.UdpSegmentLength, Walks.Walk(packet, LinkType.Raw)[1].LimitedBy);
    }

    [Fact]
    public void Without_a_tunnel_the_UDP_length_is_believed()
    {
        byte[] packet = Frames.Udp(new IPv4Fields(), new UdpFields { LengthField = 20 }, Frames.Payload(100));
        Assert.Equal("IPv4 0+20/128 Udp 20+8/20 Payload 28+0/12", Walks.Describe(packet, LinkType.Raw));
    }

    [Fact]
    public void Too_many_layers_end_the_walk()
    {
        byte[] packet = Inner;
        for (int i = 0; i < PacketLayout.MaxLayers; i++)
            packet = new IPv4Fields().Wrap(4, packet);
        PacketLayout layout = Walks.Walk(packet, LinkType.Raw);
        Assert.Equal(FaultKind.TooDeep, layout.Fault.Kind);
        Assert.Equal(PacketLayout.MaxLayers, layout.Count);
    }

    private static string UdpTunnel(int port, byte[] content) =>
        Walks.Kinds(Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = (ushort)port }, content), LinkType.Raw);

    private static byte[] Gre(byte[] content) => new IPv4Fields().Wrap(47, content);
}
