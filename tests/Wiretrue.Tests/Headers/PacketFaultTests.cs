using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class PacketFaultTests
{
    private static readonly byte[] Packet = Frames.Tcp(
        new IPv4Fields(), new TcpFields { Options = TcpFields.Timestamps }, Frames.Payload(100));

    [Fact]
    public void A_snapped_packet_keeps_its_true_lengths() => Assert.Equal(
        "Ethernet 0+14/166 IPv4 14+20/152 Tcp 34+32/132 Payload 66+0/100",
        Walks.Describe(Frames.Ethernet(Packet)[..70], originalLength: 166));

    [Fact]
    public void A_transport_whose_options_were_not_captured_is_still_a_layer() => Assert.Equal(
        "Ethernet 0+14/166 IPv4 14+20/152 Tcp 34+32/132 ! Snapped Tcp",
        Walks.Describe(Frames.Ethernet(Packet)[..60], originalLength: 166));

    [Fact]
    public void A_transport_whose_fixed_part_was_not_captured_is_named_in_the_fault()
    {
        PacketLayout layout = Walks.Walk(Frames.Ethernet(Packet)[..40], originalLength: 166);
        Assert.Equal(2, layout.Count);
        Assert.Equal(
            new PacketFault(FaultKind.Snapped, LayerKind.Tcp, HeaderField.None, LengthSource.IPv4TotalLength, 34, 20, 6), layout.Fault);
    }

    [Fact]
    public void Every_truncation_ends_in_what_was_captured()
    {
        byte[] greTunnel = Frames.Ethernet(new IPv4Fields().Wrap(47, [0x20, 0, 8, 0, 0, 0, 0, 7, .. Packet]));
        foreach (byte[] packet in (byte[][])[RealBytes.TcpSynIPv4, RealBytes.TcpSynIPv6, greTunnel, Frames.Ethernet(Packet)])
        {
            PacketLayout whole = Walks.Walk(packet);
            int headers = whole[whole.InnerTransport].ContentOffset;
            for (int length = 0; length <= packet.Length; length++)
            {
                PacketLayout cut = Walks.Walk(packet[..length], originalLength: packet.Length);
                Assert.Equal(length >= headers ? FaultKind.None : FaultKind.Snapped, cut.Fault.Kind);
                for (int i = 0; i < cut.Count; i++)
                    Assert.Equal(whole[i], cut[i]);
            }
        }
    }

    [Fact]
    public void A_port_whose_tunnel_header_was_not_captured_leads_nowhere()
    {
        for (int length = 42; length < 50; length++)
        {
            Assert.Equal(
                "Ethernet 0+14/124 IPv4 14+20/110 Udp 34+8/90 Payload 42+0/82",
                Walks.Describe(RealBytes.VxlanTcpSyn[..length], originalLength: 124));
        }
    }

    [Fact]
    public void Every_true_shortening_is_a_length_that_lies_or_a_header_without_room()
    {
        foreach (byte[] packet in (byte[][])[RealBytes.TcpSynIPv4, RealBytes.TcpSynIPv6, RealBytes.VxlanTcpSyn])
        {
            for (int length = 0; length < packet.Length; length++)
            {
                PacketLayout cut = Walks.Walk(packet[..length]);
                Assert.True(cut.Fault.Kind is FaultKind.TooLong or FaultKind.TooShort, $"{length}: {cut.Fault}");
            }
        }
    }

    [Fact]
    public void A_length_that_reaches_too_far_is_clipped_and_the_walk_goes_on()
    {
        byte[] packet = [.. Packet];
        packet[3] += 50;
        Assert.Equal("IPv4 0+20/152 Tcp 20+32/132 Payload 52+0/100 ! TooLong IPv4", Walks.Describe(packet, LinkType.Raw));
        Assert.Equal(
            new PacketFault(FaultKind.TooLong, LayerKind.IPv4, HeaderField.Length, LengthSource.Packet, 0, 202, 152),
            Walks.Walk(packet, LinkType.Raw).Fault);
    }

    [Fact]
    public void A_UDP_length_that_reaches_too_far_is_clipped() => Assert.Equal(
        "IPv4 0+20/38 Udp 20+8/18 Payload 28+0/10 ! TooLong Udp",
        Walks.Describe(Frames.Udp(new IPv4Fields(), new UdpFields { LengthField = 19 }, Frames.Payload(10)), LinkType.Raw));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_UDP_length_below_its_header_ends_the_walk(ushort length) => Assert.Equal(
        "IPv4 0+20/38 ! TooShort Udp",
        Walks.Describe(Frames.Udp(new IPv4Fields(), new UdpFields { LengthField = length }, Frames.Payload(10)), LinkType.Raw));

    [Fact]
    public void A_total_length_below_the_header_ends_the_walk() => Assert.Equal(
        "! TooShort IPv4",
        Walks.Describe(Frames.Udp(new IPv4Fields { LengthField = 19 }, new UdpFields(), Frames.Payload(10)), LinkType.Raw));

    [Fact]
    public void TCP_options_that_reach_past_the_packet_leave_the_fixed_header()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields(), []);
        packet[32] = 0xF0;
        Assert.Equal("IPv4 0+20/40 Tcp 20+20/20 ! TooShort Tcp", Walks.Describe(packet, LinkType.Raw));
    }

    [Fact]
    public void A_TCP_data_offset_below_five_leaves_the_fixed_header()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(10));
        packet[32] = 0x40;
        PacketLayout layout = Walks.Walk(packet, LinkType.Raw);
        Assert.Equal("IPv4 0+20/50 Tcp 20+20/30 ! Malformed Tcp", Walks.Describe(packet, LinkType.Raw));
        Assert.Equal(HeaderField.HeaderLength, layout.Fault.Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(5)]
    public void An_original_length_below_the_captured_one_is_not_believed(int originalLength) => Assert.Equal(
        Walks.Describe(Packet, LinkType.Raw), Walks.Describe(Packet, LinkType.Raw, originalLength));

    [Fact]
    public void An_absurd_original_length_does_no_harm()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields { LengthField = 0 }, new TcpFields(), Frames.Payload(10)));
        Assert.Equal(
            "Ethernet 0+14/2147483647 IPv4 14+20/2147483633 Tcp 34+20/2147483613 Payload 54+0/2147483593",
            Walks.Describe(frame, originalLength: int.MaxValue));
    }
}
