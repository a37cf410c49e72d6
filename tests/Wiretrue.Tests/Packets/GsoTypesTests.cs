using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Packets;

public sealed class GsoTypesTests
{
    private static readonly byte[] Packet = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(10));

    public static TheoryData<byte[], GsoType> Tunnels => new()
    {
        { Packet, GsoType.None },
        { Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frames.Ethernet(Packet)), GsoType.UdpTunnel },
        { Frames.Vxlan(new IPv6Fields(), FieldChecksum.Good, Frames.Ethernet(Packet)), GsoType.UdpTunnelChecksum },
        { Frames.Geneve(new IPv4Fields(), FieldChecksum.Partial, Frames.Ethernet(Packet)), GsoType.UdpTunnelChecksum },
        { new IPv4Fields().Wrap(47, [0, 0, 8, 0, .. Packet]), GsoType.Gre },
        { new IPv4Fields().Wrap(47, [0x80, 0, 8, 0, 0, 0, 0, 0, .. Packet]), GsoType.GreChecksum },
        { new IPv4Fields().Wrap(4, Packet), GsoType.IPXIP4 },
        { new IPv6Fields().Wrap(4, Packet), GsoType.IPXIP6 },
    };

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void The_tunnel_is_read_from_the_headers(byte[] packet, GsoType tunnel)
    {
        var layout = default(PacketLayout);
        byte[] frame = Frames.Ethernet(packet);
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, ref layout);
        Assert.Equal(tunnel, GsoTypes.TunnelOf(frame, layout, layout.InnerTransport));
        Assert.Equal(tunnel != GsoType.None, tunnel.IsTunnel());
        Assert.Equal(GsoType.None, GsoTypes.TunnelOf(frame, layout, 0));
    }
}
