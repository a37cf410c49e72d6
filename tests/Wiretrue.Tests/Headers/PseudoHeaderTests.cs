using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class PseudoHeaderTests
{
    [Fact]
    public void The_kernel_left_the_pseudo_header_sum_in_a_real_SYN()
    {
        PacketLayout layout = Walks.Walk(RealBytes.TcpSynIPv4);
        Assert.Equal(0x8432, PseudoHeader.Sum(RealBytes.TcpSynIPv4, layout, 2, 40));
        layout = Walks.Walk(RealBytes.TcpSynIPv6);
        Assert.Equal(0x5BA3, PseudoHeader.Sum(RealBytes.TcpSynIPv6, layout, 2, 40));
    }

    [Fact]
    public void Inside_a_tunnel_the_inner_addresses_count()
    {
        PacketLayout layout = Walks.Walk(RealBytes.VxlanTcpSyn);
        Assert.Equal(0x5499, PseudoHeader.Sum(RealBytes.VxlanTcpSyn, layout, 6, 40));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1480)]
    [InlineData(65535)]
    [InlineData(80020)]
    [InlineData(500_000)]
    public void Every_bit_of_a_long_length_counts(int length)
    {
        foreach (IPFields ip in (IPFields[])[new IPv4Fields(), new IPv6Fields()])
        {
            byte[] packet = Frames.Tcp(ip, new TcpFields(), Frames.Payload(4));
            Assert.Equal(ip.PseudoSum(6, length), PseudoHeader.Sum(packet, Walks.Walk(packet, LinkType.Raw), 1, length));
        }
    }

    [Theory]
    [InlineData(17)]
    [InlineData(136)]
    [InlineData(58)]
    public void The_protocol_counts(byte protocol)
    {
        var ip = new IPv6Fields();
        byte[] packet = ip.Wrap(protocol, [0, 1, 0, 2, 0, 12, 0, 0, 1, 2, 3, 4]);
        Assert.Equal(ip.PseudoSum(protocol, 12), PseudoHeader.Sum(packet, Walks.Walk(packet, LinkType.Raw), 1, 12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(132)]
    public void ICMP_and_SCTP_have_none(byte protocol)
    {
        byte[] packet = new IPv4Fields().Wrap(protocol, Frames.Payload(40));
        Assert.Equal(0, PseudoHeader.Sum(packet, Walks.Walk(packet, LinkType.Raw), 1, 40));
    }

    [Fact]
    public void The_end_of_a_source_route_is_the_destination()
    {
        var toEnd = new IPv4Fields { Destination = System.Net.IPAddress.Parse("198.51.100.2") };
        byte[] packet = Frames.Tcp(new IPv4Fields { Options = [131, 7, 4, 198, 51, 100, 2, 0] }, new TcpFields(), []);
        Assert.Equal(toEnd.PseudoSum(6, 20), PseudoHeader.Sum(packet, Walks.Walk(packet, LinkType.Raw), 1, 20));
    }

    [Fact]
    public void The_end_of_a_routing_header_is_the_destination()
    {
        // The vector: two hops left, the last of them 2001:db8::33.
        byte[] route = [0, 4, 0, 2, 0, 0, 0, 0, .. Address("2001:db8::22"), .. Address("2001:db8::33")];
        AssertGoodWith(
            new IPv6Fields { Extensions = [(43, route)], PseudoDestination = System.Net.IPAddress.Parse("2001:db8::33") });
        route[3] = 0;
        AssertGoodWith(new IPv6Fields { Extensions = [(43, route)] });
    }

    [Fact]
    public void The_home_address_is_the_source() => AssertGoodWith(new IPv6Fields
    {
        Extensions = [(60, [0, 2, 1, 2, 0, 0, 0xC9, 16, .. Address("2001:db8::77")])],
        PseudoSource = System.Net.IPAddress.Parse("2001:db8::77"),
    });

    [Fact]
    public void Home_address_and_route_count_together_past_other_extensions() => AssertGoodWith(new IPv6Fields
    {
        Extensions =
        [
            (0, [0, 0, 1, 4, 0, 0, 0, 0]),
            (60, [0, 2, 1, 2, 0, 0, 0xC9, 16, .. Address("2001:db8::77")]),
            (43, [0, 2, 2, 1, 0, 0, 0, 0, .. Address("2001:db8::33")]),
            (44, [0, 0, 0, 0, 0, 0, 0, 9]),
        ],
        PseudoSource = System.Net.IPAddress.Parse("2001:db8::77"),
        PseudoDestination = System.Net.IPAddress.Parse("2001:db8::33"),
    });

    private static void AssertGoodWith(IPv6Fields ip)
    {
        byte[] packet = Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Good }, Frames.Payload(33));
        PacketLayout layout = Walks.Walk(packet, LinkType.Raw);
        Assert.Equal(ip.PseudoSum(17, 41), PseudoHeader.Sum(packet, layout, layout.OuterTransport, 41));
        Assert.Equal(ChecksumVerdict.Good, TransportChecksum.Verify(packet, layout, layout.OuterTransport));
    }

    private static byte[] Address(string text) => System.Net.IPAddress.Parse(text).GetAddressBytes();
}
