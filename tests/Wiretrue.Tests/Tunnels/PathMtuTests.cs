using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class PathMtuTests
{
    private const int Path = 1500;

    /// <summary>The tunnel, over which family, around which, and what of the path is left for the packet inside.</summary>
    [Theory]
    [InlineData("ip", false, 1480)]
    [InlineData("ip", true, 1460)]
    [InlineData("gre csum key", false, 1468)]
    [InlineData("gretap", true, 1442)]
    [InlineData("ip mpls", false, 1472)]
    public void What_is_left_of_the_path_fits_and_a_byte_more_does_not(string kind, bool overV6, int fitting)
    {
        NetworkTunnel tunnel = NetworkTunnelTests.Make(kind, overV6) with { PathMtu = Path };
        bool isFrame = kind.StartsWith("gretap", StringComparison.Ordinal);
        Encapsulator encapsulator = tunnel.CreateEncapsulator();
        foreach (bool aroundV6 in (bool[])[false, true])
        {
            Assert.Equal(DropReason.None, Send(encapsulator, Packet(aroundV6, fitting), isFrame));
            Assert.Equal(DropReason.TunnelPacketTooLong, Send(encapsulator, Packet(aroundV6, fitting + 1), isFrame));
            Assert.Equal(fitting, encapsulator.FittingMtu);
        }
    }

    /// <summary>IPv4 that may be fragmented goes into IPv4 that may be; over IPv6 nobody on the way fragments.</summary>
    [Theory]
    [InlineData(false, DontFragment.Never, false, DropReason.None)]
    [InlineData(false, DontFragment.Inherit, false, DropReason.None)]
    [InlineData(false, DontFragment.Always, false, DropReason.TunnelPacketTooLong)]
    [InlineData(false, DontFragment.Never, true, DropReason.TunnelPacketTooLong)]
    [InlineData(true, DontFragment.Never, false, DropReason.TunnelPacketTooLong)]
    public void A_long_packet_is_refused_unless_both_headers_let_it_be_fragmented(bool overV6, DontFragment outer, bool inner, DropReason reason)
    {
        NetworkTunnel tunnel = NetworkTunnelTests.Make("ip", overV6) with { PathMtu = Path, DontFragment = outer };
        Assert.Equal(reason, Send(tunnel.CreateEncapsulator(), Packet(false, 3000, inner), isFrame: false));
    }

    [Fact]
    public void Nothing_is_refused_on_a_path_that_is_not_known() =>
        Assert.Equal(DropReason.None, Send(NetworkTunnelTests.Make("ip", true).CreateEncapsulator(), Packet(true, 60_000), isFrame: false));

    /// <summary>Every IPv6 packet of 1280 bytes must get through: where the path is narrower, the outer packet is fragmented.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IPv6_may_count_on_1280_bytes_on_the_narrowest_path(bool overV6)
    {
        NetworkTunnel tunnel = NetworkTunnelTests.Make("ip", overV6) with { PathMtu = 1280, DontFragment = DontFragment.Always, Link = null };
        Encapsulator encapsulator = tunnel.CreateEncapsulator();
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, Packet(true, 1280), isFrame: false);
        Assert.Equal(DropReason.None, encapsulator.Encapsulate(packet));
        if (!overV6)
            Assert.Equal(0, packet.Linear[6]);
        Assert.Equal(DropReason.TunnelPacketTooLong, Send(encapsulator, Packet(true, 1281), isFrame: false));
        Assert.Equal(1280, encapsulator.FittingMtu);
    }

    [Fact]
    public void On_a_wide_path_the_mark_is_set_for_IPv6_too()
    {
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, Packet(true, 100), isFrame: false);
        NetworkTunnel tunnel = NetworkTunnelTests.Make("ip", false) with { PathMtu = Path, DontFragment = DontFragment.Inherit, Link = null };
        Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(0x40, packet.Linear[6]);
    }

    /// <summary>Of a super-frame it is the segments that travel.</summary>
    [Theory]
    [InlineData(false, 1428, DropReason.None)]
    [InlineData(false, 1429, DropReason.TunnelPacketTooLong)]
    [InlineData(true, 1440, DropReason.None)]
    [InlineData(true, 1441, DropReason.TunnelPacketTooLong)]
    public void A_super_frame_is_as_long_as_its_longest_segment(bool isUdp, int size, DropReason reason)
    {
        PlainHeader transport = isUdp ? new PlainUdp(new UdpFields()) : new PlainTcp(new TcpFields());
        var frame = new PlainFrame([new PlainIP(new IPv4Fields()), transport], Frames.Payload(20_000));
        NetworkTunnel tunnel = NetworkTunnelTests.Make("gre key", false) with { PathMtu = Path - 4, DontFragment = DontFragment.Inherit };
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, frame.Build(), isFrame: false, frame.Offload(size));
        Assert.Equal(reason, tunnel.CreateEncapsulator().Encapsulate(packet));
    }

    private static byte[] Packet(bool isV6, int length, bool dontFragment = true) => isV6
        ? Frames.Udp(new IPv6Fields(), new UdpFields(), Frames.Payload(length - 48))
        : Frames.Udp(new IPv4Fields { DontFragment = dontFragment }, new UdpFields(), Frames.Payload(length - 28));

    private static DropReason Send(Encapsulator encapsulator, byte[] bytes, bool isFrame)
    {
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, bytes, isFrame);
        string before = TunnelJudge.Hex(packet);
        DropReason reason = encapsulator.Encapsulate(packet);
        Assert.Equal(reason == DropReason.None, before != TunnelJudge.Hex(packet));
        return reason;
    }

    private static Packet Rent(PacketPool pool, byte[] bytes, bool isFrame, in OffloadState state = default)
    {
        Packet packet = pool.Rent(isFrame ? Frames.Ethernet(bytes) : bytes, state);
        packet.LinkType = isFrame ? LinkType.Ethernet : LinkType.Raw;
        return packet;
    }
}
