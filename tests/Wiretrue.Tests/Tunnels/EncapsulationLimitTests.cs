using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class EncapsulationLimitTests
{
    private const int Outer = 40;

    /// <summary>The tunnel's own limit, what the packet says, and what is said outside then; -1 for nothing.</summary>
    [Theory]
    [InlineData(4, -1, 4)]
    [InlineData(0, -1, 0)]
    [InlineData(-1, -1, -1)]
    [InlineData(4, 4, 3)]
    [InlineData(4, 1, 0)]
    [InlineData(4, 255, 254)]
    [InlineData(-1, 9, 8)]
    public void A_packet_may_go_into_as_many_tunnels_as_it_says_less_one(int own, int said, int outside)
    {
        using var pool = new PacketPool();
        foreach (NetworkTunnel tunnel in (NetworkTunnel[])[Tunnel("ip", own), Tunnel("gre", own)])
        {
            using Packet packet = Rent(pool, said);
            Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
            ReadOnlySpan<byte> sent = packet.Linear;
            byte protocol = tunnel is IPTunnel ? (byte)41 : (byte)47;
            if (outside < 0)
                Assert.Equal(protocol, sent[6]);
            else
                Assert.Equal([60, protocol, 0, 4, 1, (byte)outside, 1, 1, 0], (byte[])[sent[6], .. sent.Slice(Outer, 8)]);
        }
    }

    [Fact]
    public void A_packet_that_may_go_into_none_is_not_sent()
    {
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, 0);
        string before = TunnelJudge.Hex(packet);
        Assert.Equal(DropReason.TunnelEncapsulationLimit, Tunnel("ip", 4).CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(before, TunnelJudge.Hex(packet));
        // An IPv4 tunnel has no say in this.
        Assert.Equal(DropReason.None, (NetworkTunnelTests.Make("ip", overV6: false)).CreateEncapsulator().Encapsulate(packet));
    }

    [Fact]
    public void The_room_that_is_asked_for_is_enough_for_either()
    {
        Assert.Equal(Outer + 8, Tunnel("ip", -1).CreateEncapsulator().HeaderRoom);
        Assert.Equal(Outer + 8 + 4, Tunnel("gre", 4).CreateEncapsulator().HeaderRoom);
    }

    /// <summary>Behind other options and other extension headers it counts as well.</summary>
    [Theory]
    [InlineData(0, "0000010400000000", 60, "0001 0102 0000 040102 010300000000")]
    [InlineData(60, "0000010400000000", 60, "0000 040102 010100")]
    public void It_is_found_behind_what_else_there_is(byte first, string firstBytes, byte second, string secondBytes)
    {
        byte[] bytes = new IPv6Fields { Extensions = [(first, Hex(firstBytes)), (second, Pad(Hex(secondBytes)))] }.Wrap(59, []);
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(bytes, default);
        packet.LinkType = LinkType.Raw;
        packet.Walk();
        Assert.Equal(2, EncapsulationLimit.Of(packet));
    }

    private static byte[] Hex(string digits) => Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Pad(byte[] header) => [.. header, .. new byte[(8 - (header.Length % 8)) % 8]];

    private static NetworkTunnel Tunnel(string kind, int limit) => NetworkTunnelTests.Make(kind, overV6: true) with
    {
        Link = null,
        EncapsulationLimit = limit < 0 ? null : (byte)limit,
    };

    private static Packet Rent(PacketPool pool, int said)
    {
        (byte, byte[])[] extensions = said < 0 ? [] : [(60, [0, 0, 4, 1, (byte)said, 1, 1, 0])];
        Packet packet = pool.Rent(Frames.Tcp(new IPv6Fields { Extensions = extensions }, new TcpFields(), [1, 2, 3]), default);
        packet.LinkType = LinkType.Raw;
        return packet;
    }
}
