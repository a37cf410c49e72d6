using System.Net;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class WireMtuTests
{
    private static readonly byte[] Packet = Frames.Tcp(new IPv4Fields(), new TcpFields(), []);

    [Fact]
    public void Ethernet_carries_1500_bytes() => Assert.Equal(1500, Mtu(LinkType.Ethernet, Frames.Ethernet(Packet)));

    [Fact]
    public void Raw_packets_are_taken_for_an_ethernets() => Assert.Equal(1500, Mtu(LinkType.Raw, Packet));

    [Fact]
    public void Ethernet_addresses_of_zero_are_the_loopback_device()
    {
        byte[] frame = Frames.Ethernet(Packet);
        frame.AsSpan(0, 12).Clear();
        Assert.Equal(65536, Mtu(LinkType.Ethernet, frame));
        frame[11] = 1;
        Assert.Equal(1500, Mtu(LinkType.Ethernet, frame));
    }

    [Fact]
    public void Loopback_link_types_are_loopbacks()
    {
        Assert.Equal(65536, Mtu(LinkType.Null, [2, 0, 0, 0, .. Packet]));
        Assert.Equal(65536, Mtu(LinkType.Loop, [0, 0, 0, 2, .. Packet]));
    }

    [Fact]
    public void Linux_cooked_headers_name_the_device()
    {
        byte[] cooked = [0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, .. Packet];
        Assert.Equal(65536, Mtu(LinkType.LinuxSll, cooked));
        cooked[3] = 1;
        cooked[2] = 0;
        Assert.Equal(1500, Mtu(LinkType.LinuxSll, cooked));
        byte[] cooked2 = [8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, .. Packet];
        Assert.Equal(65536, Mtu(LinkType.LinuxSll2, cooked2));
    }

    [Fact]
    public void Loopback_addresses_are_believed_where_the_link_says_nothing()
    {
        var here = new IPv4Fields { Source = IPAddress.Loopback, Destination = IPAddress.Parse("127.0.0.53") };
        Assert.Equal(65536, Mtu(LinkType.Raw, Frames.Tcp(here, new TcpFields(), [])));
        var here6 = new IPv6Fields { Source = IPAddress.IPv6Loopback, Destination = IPAddress.IPv6Loopback };
        Assert.Equal(65536, Mtu(LinkType.Raw, Frames.Tcp(here6, new TcpFields(), [])));
    }

    private static int Mtu(LinkType linkType, byte[] packet)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, packet.Length, linkType, ref layout);
        Assert.NotEqual(-1, layout.OuterTransport);
        return WireMtu.Of(packet, linkType, in layout);
    }
}
