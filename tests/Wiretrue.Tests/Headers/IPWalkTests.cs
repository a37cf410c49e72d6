using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class IPWalkTests
{
    private static readonly byte[] Payload = Frames.Payload(100);

    [Fact]
    public void Options_are_part_of_the_IPv4_header() => Assert.Equal(
        "IPv4 0+28/148 Tcp 28+20/120 Payload 48+0/100",
        Walks.Describe(Frames.Tcp(new IPv4Fields { Options = [7, 7, 4, 0, 0, 0, 0, 0] }, new TcpFields(), Payload), LinkType.Raw));

    [Fact]
    public void A_trailer_beyond_the_total_length_belongs_to_no_inner_layer()
    {
        byte[] frame = [.. Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields(), [1, 2])), .. new byte[16]];
        Assert.Equal("Ethernet 0+14/60 IPv4 14+20/30 Udp 34+8/10 Payload 42+0/2", Walks.Describe(frame));
        Assert.Equal(LengthSource.IPv4TotalLength, Walks.Walk(frame)[1].LimitedBy);
    }

    [Fact]
    public void IPv4_length_0_means_all_that_is_there()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields { LengthField = 0 }, new TcpFields(), Frames.Payload(80_000)));
        Assert.Equal("Ethernet 0+14/80054 IPv4 14+20/80040 Tcp 34+20/80020 Payload 54+0/80000", Walks.Describe(frame));
        Assert.Equal(LengthSource.IPv4ZeroLength, Walks.Walk(frame)[1].LimitedBy);
    }

    [Fact]
    public void IPv6_length_0_means_all_that_is_there()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv6Fields { LengthField = 0 }, new TcpFields(), Frames.Payload(80_000)));
        Assert.Equal("Ethernet 0+14/80074 IPv6 14+40/80060 Tcp 54+20/80020 Payload 74+0/80000", Walks.Describe(frame));
        Assert.Equal(LengthSource.IPv6ZeroLength, Walks.Walk(frame)[1].LimitedBy);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    public void IPv6_length_0_with_Ethernet_padding_is_empty(int padding)
    {
        byte[] frame = [.. Frames.Ethernet(new IPv6Fields().Wrap(17, [])), .. new byte[padding]];
        Assert.Equal("! TooShort Udp", Walks.Describe(frame)[^14..]);
        Assert.Equal(40, Walks.Walk(frame)[1].Length);
    }

    [Fact]
    public void IPv6_without_next_header_is_empty_whatever_follows()
    {
        byte[] frame = [.. Frames.Ethernet(new IPv6Fields().Wrap(59, [])), .. new byte[200]];
        Assert.Equal("Ethernet 0+14/254 IPv6 14+40/40", Walks.Describe(frame));
    }

    [Fact]
    public void A_jumbo_option_says_the_length()
    {
        int length = 8 + 20 + 80_000;
        byte[] option = [0, 0, 0xC2, 4, 0, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        byte[] packet = Frames.Tcp(new IPv6Fields { LengthField = 0, Extensions = [(0, option)] }, new TcpFields(), Frames.Payload(80_000));
        byte[] frame = [.. Frames.Ethernet(packet), 0, 0, 0];
        Assert.Equal(
            "Ethernet 0+14/80085 IPv6 14+40/80068 IPv6HopByHop 54+8/80028 Tcp 62+20/80020 Payload 82+0/80000", Walks.Describe(frame));
        Assert.Equal(LengthSource.IPv6JumboPayload, Walks.Walk(frame)[1].LimitedBy);
    }

    [Fact]
    public void A_jumbo_option_that_lies_is_too_long()
    {
        byte[] option = [0, 0, 0xC2, 4, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] packet = Frames.Tcp(new IPv6Fields { LengthField = 0, Extensions = [(0, option)] }, new TcpFields(), Payload);
        Assert.EndsWith("! TooLong IPv6", Walks.Describe(packet, LinkType.Raw), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_extension_header_is_a_layer()
    {
        IPv6Fields ip = new()
        {
            Extensions =
            [
                (0, [0, 0, 1, 4, 0, 0, 0, 0]),
                (60, [0, 1, 1, 12, .. new byte[12]]),
                (43, [0, 2, 0, 0, 0, 0, 0, 0, .. new byte[16]]),
                (44, [0, 0, 0, 0, 0, 0, 0, 9]),
                (51, [0, 4, 0, 0, .. new byte[20]]),
            ],
        };
        Assert.Equal(
            "IPv6 0+40/236 IPv6HopByHop 40+8/196 IPv6DestinationOptions 48+16/188 IPv6Routing 64+24/172 IPv6Fragment 88+8/148 "
            + "AuthenticationHeader 96+24/140 Tcp 120+20/116 Payload 140+0/96",
            Walks.Describe(Frames.Tcp(ip, new TcpFields(), Frames.Payload(96)), LinkType.Raw));
    }

    [Fact]
    public void Fragments_are_not_looked_into()
    {
        Assert.Equal(
            "IPv4 0+20/120 Fragment 20+0/100",
            Walks.Describe(new IPv4Fields { DontFragment = false, MoreFragments = true }.Wrap(6, Payload), LinkType.Raw));
        Assert.Equal(
            "IPv4 0+20/120 Fragment 20+0/100",
            Walks.Describe(new IPv4Fields { DontFragment = false, FragmentOffset = 185 }.Wrap(17, Payload), LinkType.Raw));
        Assert.Equal(
            "IPv6 0+40/148 IPv6Fragment 40+8/108 Fragment 48+0/100",
            Walks.Describe(new IPv6Fields { Extensions = [(44, [0, 0, 0, 1, 0, 0, 0, 9])] }.Wrap(6, Payload), LinkType.Raw));
    }

    [Fact]
    public void Extension_headers_mean_nothing_in_IPv4() => Assert.Equal(
        "IPv4 0+20/120 Payload 20+0/100", Walks.Describe(new IPv4Fields().Wrap(0, Payload), LinkType.Raw));

    [Theory]
    [InlineData(1, "IPv4 Icmp", "IPv6")]
    [InlineData(58, "IPv4", "IPv6 IcmpV6")]
    [InlineData(132, "IPv4 Sctp", "IPv6 Sctp")]
    [InlineData(136, "IPv4 UdpLite", "IPv6 UdpLite")]
    [InlineData(50, "IPv4", "IPv6")]
    [InlineData(253, "IPv4", "IPv6")]
    public void Protocols(byte protocol, string inIPv4, string inIPv6)
    {
        Assert.Equal(inIPv4, Walks.Kinds(new IPv4Fields().Wrap(protocol, Payload), LinkType.Raw));
        Assert.Equal(inIPv6, Walks.Kinds(new IPv6Fields().Wrap(protocol, Payload), LinkType.Raw));
    }

    [Fact]
    public void An_authentication_header_leads_on_in_IPv4_too()
    {
        byte[] tcp = Frames.Tcp(new IPv4Fields(), new TcpFields(), Payload)[20..];
        Assert.Equal(
            "IPv4 AuthenticationHeader Tcp", Walks.Kinds(new IPv4Fields().Wrap(51, [6, 4, 0, 0, .. new byte[20], .. tcp]), LinkType.Raw));
    }
}
