using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class UdpTunnelWalkTests
{
    private const ushort Gue = 6080;
    private const ushort Mpls = 6635;
    private const ushort Fou = 5555;

    private static readonly byte[] Inner = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(100));
    private static readonly byte[] Inner6 = Frames.Tcp(new IPv6Fields(), new TcpFields(), Frames.Payload(100));
    private static readonly byte[] InnerFrame = Frames.Ethernet(Inner);
    private static readonly byte[] Gre = [0, 0, 0x65, 0x58, .. InnerFrame];

    [Fact]
    public void GUE_says_what_it_carries()
    {
        Assert.Equal("IPv4 Udp Gue IPv4 Tcp", Kinds(Gue, [0, 4, 0, 0, .. Inner]));
        Assert.Equal("IPv4 Udp Gue IPv6 Tcp", Kinds(Gue, [0, 41, 0, 0, .. Inner6]));
        Assert.Equal("IPv4 Udp Gue Gre Ethernet IPv4 Tcp", Kinds(Gue, [0, 47, 0, 0, .. Gre]));
        Assert.Equal("IPv4 Udp Gue IPv4 Tcp", Kinds(Gue, [2, 4, 0, 1, 0x80, 0, 0, 0, 0, 20, 0, 36, .. Inner]));
    }

    [Fact]
    public void GUE_control_messages_are_not_followed() => Assert.Equal("IPv4 Udp Gue", Kinds(Gue, [0x20, 4, 0, 0, .. Inner]));

    [Fact]
    public void GUE_variant_1_is_an_IP_header_at_once()
    {
        Assert.Equal("IPv4 Udp IPv4 Tcp", Kinds(Gue, Inner));
        Assert.Equal("IPv4 Udp IPv6 Tcp", Kinds(Gue, Inner6));
    }

    [Fact]
    public void At_GUE_s_port_anything_else_is_payload()
    {
        Assert.Equal("IPv4 Udp", Kinds(Gue, [0, 4, 0, 4, .. Inner]));
        Assert.Equal("IPv4 Udp", Kinds(Gue, [0x40, 0, 0, 0]));
        Assert.Equal("IPv4 Udp", Kinds(Gue, [0x80, 0, 0, 0, .. Inner]));
    }

    [Fact]
    public void MPLS_in_UDP()
    {
        Assert.Equal("IPv4 Udp Mpls IPv4 Tcp", Kinds(Mpls, [0, 1, 1, 64, .. Inner]));
        Assert.Equal("IPv4 Udp Mpls Mpls IPv6 Tcp", Kinds(Mpls, [0, 1, 0, 64, 0, 2, 1, 64, .. Inner6]));
        Assert.Equal("IPv4 Udp Mpls PseudowireControlWord Ethernet IPv4 Tcp", Kinds(Mpls, [0, 1, 1, 64, 0, 0, 0, 0, .. InnerFrame]));
    }

    [Fact]
    public void At_MPLS_s_port_a_stack_that_does_not_end_in_something_known_is_payload()
    {
        Assert.Equal("IPv4 Udp", Kinds(Mpls, [0, 1, 1, 64, 0xFF, 1, 2, 3]));
        Assert.Equal("IPv4 Udp", Kinds(Mpls, new byte[64]));
        Assert.Equal("IPv4 Udp", Kinds(Mpls, [0, 1, 1]));
    }

    [Fact]
    public void NSH_under_Ethernet_GRE_and_VXLAN_GPE()
    {
        byte[] fixedContext = [0x0F, 0xC6, 1, 3, 0, 0, 1, 255, .. new byte[16], .. InnerFrame];
        byte[] noContext = [0x0F, 0xC2, 2, 1, 0, 0, 1, 255, .. Inner];
        byte[] twice = [0x0F, 0xC2, 2, 4, 0, 0, 1, 255, .. noContext];
        Assert.Equal("Ethernet Nsh Ethernet IPv4 Tcp", Walks.Kinds(Frames.Ethernet(0x894F, fixedContext)));
        Assert.Equal("Ethernet Vlan Nsh Nsh IPv4 Tcp", Walks.Kinds(Frames.Ethernet(0x894F, twice, (0x8100, 5))));
        Assert.Equal("IPv4 Gre Nsh IPv4 Tcp", Walks.Kinds(new IPv4Fields().Wrap(47, [0, 0, 0x89, 0x4F, .. noContext]), LinkType.Raw));
        Assert.Equal("IPv4 Udp VxlanGpe Nsh Ethernet IPv4 Tcp", Kinds(4790, [0x0C, 0, 0, 4, 0, 0, 42, 0, .. fixedContext]));
        Assert.Equal("IPv4 Udp Geneve Nsh IPv4 Tcp", Kinds(6081, [0, 0, 0x89, 0x4F, 0, 0, 42, 0, .. noContext]));
    }

    [Fact]
    public void NSH_of_another_version_or_an_impossible_length_is_a_fault()
    {
        Assert.EndsWith("! Malformed Nsh", Walks.Describe(Frames.Ethernet(0x894F, [0x4F, 0xC2, 2, 1, 0, 0, 1, 255, .. Inner])));
        Assert.EndsWith("! Malformed Nsh", Walks.Describe(Frames.Ethernet(0x894F, [0x0F, 0xC1, 2, 1, 0, 0, 1, 255, .. Inner])));
        Assert.EndsWith("! TooShort Nsh", Walks.Describe(Frames.Ethernet(0x894F, [0x0F, 0xC6, 1, 1, 0, 0, 1, 255, 1, 2, 3])));
    }

    [Fact]
    public void FOU_is_taken_only_when_told()
    {
        Assert.Equal("IPv4 Udp", Kinds(Fou, Inner));
        Assert.Equal("IPv4 Udp IPv4 Tcp", Kinds(Fou, Inner, TunnelPorts.Assigned.With(Fou, LayerKind.IPv4)));
        Assert.Equal("IPv4 Udp IPv6 Tcp", Kinds(Fou, Inner6, TunnelPorts.Assigned.With(Fou, LayerKind.IPv6)));
        Assert.Equal("IPv4 Udp Gre Ethernet IPv4 Tcp", Kinds(Fou, Gre, TunnelPorts.Assigned.With(Fou, LayerKind.Gre)));
    }

    [Fact]
    public void What_was_told_is_believed_only_as_far_as_the_bytes_allow() =>
        Assert.Equal("IPv4 Udp", Kinds(Fou, Inner6, TunnelPorts.Assigned.With(Fou, LayerKind.IPv4)));

    [Fact]
    public void A_tunnel_may_be_moved_and_an_assigned_port_taken_back()
    {
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 42, 0, .. InnerFrame];
        TunnelPorts ports = TunnelPorts.Assigned.With(9999, LayerKind.Vxlan).With(4789, LayerKind.Payload);
        Assert.Equal("IPv4 Udp Vxlan Ethernet IPv4 Tcp", Kinds(9999, vxlan, ports));
        Assert.Equal("IPv4 Udp", Kinds(4789, vxlan, ports));
        Assert.Equal("IPv4 Udp Vxlan Ethernet IPv4 Tcp", Kinds(8472, vxlan, ports));
        Assert.Equal("IPv4 Udp Vxlan Ethernet IPv4 Tcp", Kinds(4789, vxlan, ports.With(4789, LayerKind.Vxlan)));
        Assert.Equal("IPv4 Udp", Kinds(9999, vxlan));
    }

    [Theory]
    [InlineData(LayerKind.Tcp)]
    [InlineData(LayerKind.None)]
    [InlineData(LayerKind.Udp)]
    public void A_header_that_never_follows_UDP_is_the_caller_s_mistake(LayerKind header) =>
        Assert.Throws<ArgumentException>(() => TunnelPorts.Assigned.With(Fou, header));

    [Fact]
    public void A_pool_s_packets_are_walked_by_what_it_was_told()
    {
        using var pool = new PacketPool { TunnelPorts = TunnelPorts.Assigned.With(Fou, LayerKind.IPv4) };
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = Fou }, Inner));
        using Packet packet = pool.Rent(frame, default);
        packet.Walk();
        Assert.Equal(LayerKind.Tcp, packet.Layout[packet.Layout.InnerTransport].Kind);
    }

    [Fact]
    public void Over_IPv6_a_tunnel_without_a_header_of_its_own_may_have_no_checksum_either()
    {
        byte[] packet = Frames.Udp(new IPv6Fields(), new UdpFields { DestinationPort = Gue, Checksum = FieldChecksum.Zero }, Inner);
        PacketLayout layout = Walks.Walk(packet, LinkType.Raw);
        Assert.Equal(ChecksumVerdict.Absent, TransportChecksum.Verify(packet, layout, layout.OuterTransport));
        byte[] plain = Frames.Udp(new IPv6Fields(), new UdpFields { DestinationPort = Fou, Checksum = FieldChecksum.Zero }, Inner);
        layout = Walks.Walk(plain, LinkType.Raw);
        Assert.Equal(ChecksumVerdict.Bad, TransportChecksum.Verify(plain, layout, layout.OuterTransport));
    }

    private static string Kinds(ushort port, byte[] content, TunnelPorts? ports = null)
    {
        byte[] packet = Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = port }, content);
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, packet.Length, LinkType.Raw, ports, ref layout);
        Assert.False(layout.Fault.IsFault, layout.Fault.ToString());
        IEnumerable<LayerKind> kinds = Enumerable.Range(0, layout.Count).Select(i => layout[i].Kind).ToList();
        return string.Join(' ', kinds.Where(k => k != LayerKind.Payload));
    }
}
