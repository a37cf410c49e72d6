using System.Net;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Super-frames in two tunnels: which two go together, and what is said of a super-frame that came out of one of them.</summary>
public sealed class NestedTunnelsTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1"), There = IPAddress.Parse("192.0.2.2");

    private readonly PacketPool _pool = new();

    [Fact]
    public void A_tunnel_with_a_checksum_does_not_go_with_one_of_its_kind_without()
    {
        AssertRefused(new GreTunnel { Local = Here, Remote = There }, new GreTunnel { Local = Here, Remote = There, HasChecksum = true });
        AssertRefused(
            new GueTunnel { Local = Here, Remote = There, UdpChecksum = false }, new GueTunnel { Local = Here, Remote = There });
    }

    [Fact]
    public void A_third_tunnel_is_refused()
    {
        var gre = new GreTunnel { Local = Here, Remote = There };
        AssertRefused(gre, gre, new IPTunnel { Local = Here, Remote = There });
    }

    [Fact]
    public void What_was_said_of_the_tunnel_that_remains_is_still_said()
    {
        var gre = new GreTunnel { Local = Here, Remote = There, HasChecksum = true };
        var gue = new GueTunnel { Local = Here, Remote = There };
        using Packet packet = SuperFrame();
        OffloadState sent = packet.Offload;
        Assert.Equal(DropReason.None, gre.CreateEncapsulator().Encapsulate(packet));
        OffloadState between = packet.Offload;
        Assert.Equal(DropReason.None, gue.CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(GsoType.TcpV4 | GsoType.GreChecksum | GsoType.UdpTunnelChecksum | GsoType.IPXIP4, packet.Offload.GsoType);

        Assert.True((gue with { Local = There, Remote = Here }).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(between.GsoType, packet.Offload.GsoType);
        Assert.True((gre with { Local = There, Remote = Here }).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(sent, packet.Offload);
    }

    [Fact]
    public void Padding_behind_a_packet_with_a_fragment_list_is_taken_off()
    {
        var tunnel = new IPTunnel { Local = Here, Remote = There };
        byte[] inner = Frames.Udp(new IPv4Fields(), new UdpFields(), Frames.Payload(100));
        using Packet packet = _pool.Rent(new IPv4Fields { Source = There, Destination = Here }.Wrap(4, inner), default);
        packet.LinkType = LinkType.Raw;
        packet.AddToFragmentList(_pool.Rent(new byte[7], default));
        Assert.True(tunnel.CreateDecapsulator().Decapsulate(packet).IsDone);
        byte[] bytes = new byte[packet.Length];
        packet.CopyTo(bytes);
        Assert.Equal(inner, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    private void AssertRefused(params Tunnel[] tunnels)
    {
        using Packet packet = SuperFrame();
        foreach (Tunnel tunnel in tunnels.SkipLast(1))
            Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        (string bytes, OffloadState state) = (TunnelJudge.Hex(packet), packet.Offload);
        Encapsulator last = tunnels[^1].CreateEncapsulator();
        last.NextIdentification = 77;
        Assert.NotEqual(DropReason.None, last.Encapsulate(packet));
        Assert.Equal((bytes, state, LinkType.Raw), (TunnelJudge.Hex(packet), packet.Offload, packet.LinkType));
        Assert.Equal(77, last.NextIdentification);
    }

    private Packet SuperFrame()
    {
        var frame = new PlainFrame([new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(3000));
        Packet packet = _pool.Rent(frame.Build(), frame.Offload(1000));
        packet.LinkType = LinkType.Raw;
        return packet;
    }
}
