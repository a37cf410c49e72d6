using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class LinkLayerWalkTests
{
    private static readonly byte[] Packet = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(100));
    private static readonly byte[] Packet6 = Frames.Tcp(new IPv6Fields(), new TcpFields(), Frames.Payload(100));

    [Fact]
    public void Ethernet() => Assert.Equal(
        "Ethernet 0+14/154 IPv4 14+20/140 Tcp 34+20/120 Payload 54+0/100", Walks.Describe(Frames.Ethernet(Packet)));

    [Fact]
    public void A_real_SYN_has_no_payload() => Assert.Equal(
        "Ethernet 0+14/74 IPv4 14+20/60 Tcp 34+40/40", Walks.Describe(RealBytes.TcpSynIPv4));

    [Theory]
    [InlineData(0x8100)]
    [InlineData(0x88A8)]
    [InlineData(0x9100)]
    public void Any_stack_of_tags(int tpid) => Assert.Equal(
        "Ethernet Vlan Vlan Vlan IPv6 Tcp",
        Walks.Kinds(Frames.Ethernet(Packet6, ((ushort)tpid, 5), (0x8100, 6), (0x8100, 0xE007))));

    [Fact]
    public void An_unknown_type_is_payload() => Assert.Equal(
        "Ethernet 0+14/60 Payload 14+0/46", Walks.Describe(Frames.Ethernet(0x0806, Frames.Payload(46))));

    [Fact]
    public void An_8023_length_leads_to_SNAP_and_shuts_out_the_padding() => Assert.Equal(
        "Ethernet 0+14/172 Snap 14+8/148 IPv4 22+20/140 Tcp 42+20/120 Payload 62+0/100",
        Walks.Describe(Frames.Ethernet((ushort)(8 + Packet.Length), [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. Packet, .. new byte[10]])));

    [Fact]
    public void SNAP_of_another_organisation_is_payload() => Assert.Equal(
        "Ethernet Snap", Walks.Kinds(Frames.Ethernet(28, [0xAA, 0xAA, 3, 0, 0, 0x0C, 8, 0, .. new byte[20]])));

    [Fact]
    public void LLC_without_SNAP_is_payload() => Assert.Equal("Ethernet", Walks.Kinds(Frames.Ethernet(38, [0x42, 0x42, 3, .. new byte[35]])));

    [Theory]
    [InlineData(1501)]
    [InlineData(1535)]
    public void A_type_that_is_neither_length_nor_type_is_payload(int type) => Assert.Equal(
        "Ethernet 0+14/60 Payload 14+0/46", Walks.Describe(Frames.Ethernet((ushort)type, new byte[46])));

    [Fact]
    public void An_MPLS_stack_ends_in_what_the_first_nibble_says()
    {
        byte[] stack = [0, 1, 0x40, 64, 0, 2, 0x41, 64];
        Assert.Equal("Ethernet Mpls Mpls IPv4 Tcp", Walks.Kinds(Frames.Ethernet(0x8847, [.. stack, .. Packet])));
        Assert.Equal("Ethernet Mpls Mpls IPv6 Tcp", Walks.Kinds(Frames.Ethernet(0x8848, [.. stack, .. Packet6])));
    }

    [Fact]
    public void A_pseudowire_with_control_word_carries_Ethernet()
    {
        byte[] frame = Frames.Ethernet(Packet, (0x8100, 9));
        Assert.Equal(
            "Ethernet Mpls PseudowireControlWord Ethernet Vlan IPv4 Tcp",
            Walks.Kinds(Frames.Ethernet(0x8847, [0, 1, 0x41, 64, 0, 0, 0x12, 0x34, .. frame])));
    }

    [Fact]
    public void Zeros_below_an_MPLS_stack_are_not_taken_for_a_pseudowire() => Assert.Equal(
        "Ethernet Mpls", Walks.Kinds(Frames.Ethernet(0x8847, [0, 1, 0x41, 64, .. new byte[60]])));

    [Theory]
    [InlineData(0x0021, "IPv4 Tcp")]
    [InlineData(0xC021, "")]
    public void PPPoE_says_how_long_it_is(int protocol, string inner)
    {
        byte[] session = [0x11, 0, 0, 7, 0, (byte)(2 + Packet.Length), (byte)(protocol >> 8), (byte)protocol, .. Packet, .. new byte[8]];
        Assert.Equal($"Ethernet Pppoe {inner}".TrimEnd(), Walks.Kinds(Frames.Ethernet(0x8864, session)));
        PacketLayout layout = Walks.Walk(Frames.Ethernet(0x8864, session));
        Assert.Equal(8 + Packet.Length, layout[1].Length);
        Assert.Equal(LengthSource.PppoeLength, layout[1].LimitedBy);
    }

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0 }, LinkType.Null)]
    [InlineData(new byte[] { 0, 0, 0, 2 }, LinkType.Null)]
    [InlineData(new byte[] { 0, 0, 0, 2 }, LinkType.Loop)]
    public void Loopback_in_either_byte_order(byte[] family, LinkType linkType) => Assert.Equal(
        "Loopback 0+4/144 IPv4 4+20/140 Tcp 24+20/120 Payload 44+0/100", Walks.Describe([.. family, .. Packet], linkType));

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(30)]
    public void Loopback_with_the_IPv6_family_of_any_system(byte family) =>
        Assert.Equal("Loopback IPv6 Tcp", Walks.Kinds([family, 0, 0, 0, .. Packet6], LinkType.Null));

    [Theory]
    [InlineData(LinkType.Raw)]
    [InlineData(LinkType.RawBsd)]
    [InlineData(LinkType.RawOpenBsd)]
    public void Raw_IP_is_told_apart_by_its_version(LinkType linkType)
    {
        Assert.Equal("IPv4 Tcp", Walks.Kinds(Packet, linkType));
        Assert.Equal("IPv6 Tcp", Walks.Kinds(Packet6, linkType));
        Assert.Equal("Payload 0+0/3", Walks.Describe([0, 1, 2], linkType));
    }

    [Fact]
    public void Raw_IP_of_one_version_must_have_it()
    {
        Assert.Equal("IPv4 Tcp", Walks.Kinds(Packet, LinkType.IPv4));
        Assert.Equal("IPv6 Tcp", Walks.Kinds(Packet6, LinkType.IPv6));
        Assert.Equal("! Malformed IPv4", Walks.Describe(Packet6, LinkType.IPv4));
        Assert.Equal("! Malformed IPv6", Walks.Describe(Packet, LinkType.IPv6));
    }

    [Fact]
    public void Linux_cooked_headers()
    {
        byte[] sll = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, .. Packet];
        byte[] sll2 = [8, 0, 0, 0, 0, 0, 0, 3, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. Packet];
        Assert.Equal("LinuxSll IPv4 Tcp", Walks.Kinds(sll, LinkType.LinuxSll));
        Assert.Equal("LinuxSll2 IPv4 Tcp", Walks.Kinds(sll2, LinkType.LinuxSll2));
    }

    [Fact]
    public void A_cooked_header_of_a_device_with_numbers_of_its_own_is_not_followed()
    {
        byte[] netlink = [0, 4, 0x03, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, .. Packet];
        Assert.Equal("LinuxSll", Walks.Kinds(netlink, LinkType.LinuxSll));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_netfilter_log_in_either_byte_order(bool bigEndian)
    {
        byte[] U16(int value) => bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
        byte[] log =
        [
            2, 0, 0, 5,
            .. U16(8), .. U16(1), 8, 0, 3, 0,
            .. U16(5), .. U16(10), 0, 0, 0, 0,
            .. U16(4 + Packet.Length), .. U16(9), .. Packet,
            .. U16(8), .. U16(6), 0, 0, 0, 0,
        ];
        Assert.Equal(
            "Nflog 0+24/164 IPv4 24+20/140 Tcp 44+20/120 Payload 64+0/100", Walks.Describe(log, LinkType.Nflog));
    }

    [Fact]
    public void A_netfilter_log_without_a_packet_is_malformed() =>
        Assert.Equal("! Malformed Nflog", Walks.Describe([2, 0, 0, 5, 8, 0, 1, 0, 8, 0, 3, 0], LinkType.Nflog));

    [Theory]
    [InlineData(105)]
    [InlineData(127)]
    [InlineData(147)]
    public void Every_other_link_type_is_opaque(ushort linkType) =>
        Assert.Equal("", Walks.Describe(Frames.Ethernet(Packet), (LinkType)linkType));
}
