using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Inference;

/// <summary>Finds how a super-frame is to be cut, from its headers.</summary>
internal static class SuperFrameType
{
    /// <summary>More cannot be described by an offload state.</summary>
    private const int MaxTunnels = 2;

    /// <summary>The type; <see cref="GsoType.None"/> when segments cannot have headers of this kind.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="transport">Index of the transport layer whose payload is to be cut.</param>
    /// <param name="fixedIdentification">The flow does not count in the IPv4 identification.</param>
    public static GsoType Of(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, bool fixedIdentification)
    {
        GsoType type = GsoType.None;
        int networks = 0, tunnels = 0;
        LayerKind network = LayerKind.None;
        for (int i = 0; i < transport; i++)
        {
            ref readonly Layer layer = ref layout[i];
            switch (layer.Kind)
            {
                case LayerKind.IPv4 or LayerKind.IPv6:
                    // Directly in another IP header; a tunnel header of its own names the tunnel otherwise.
                    if (networks > tunnels)
                    {
                        type |= network == LayerKind.IPv4 ? GsoType.IPXIP4 : GsoType.IPXIP6;
                        tunnels++;
                    }
                    networks++;
                    network = layer.Kind;
                    break;
                case LayerKind.Udp:
                    type |= new CapturedTransport(packet, in layout, i).Field == 0 ? GsoType.UdpTunnel : GsoType.UdpTunnelChecksum;
                    tunnels++;
                    break;
                case LayerKind.Gre when GreHeader.TryCreate(packet[layer.Offset..], out GreHeader gre) && !gre.HasSequence:
                    type |= gre.HasChecksum ? GsoType.GreChecksum : GsoType.Gre;
                    tunnels++;
                    break;
                // A sequence number cannot be made anew for each segment; what follows these others was never cut by anyone.
                case LayerKind.Gre or LayerKind.Erspan or LayerKind.AuthenticationHeader or LayerKind.Tcp or LayerKind.Sctp:
                    return GsoType.None;
                default:
                    break;
            }
        }
        bool isRemote = RemoteChecksumRequest.IsFor(packet, in layout, transport);
        if (tunnels > MaxTunnels || networks == 0 || !CanBeAnnounced(type, isRemote && tunnels > 1))
            return GsoType.None;
        if (isRemote)
            type |= GsoType.TunnelRemoteChecksum;
        return type | OfTransport(packet, in layout, transport, network, fixedIdentification);
    }

    /// <summary>One bit speaks of both tunnels of a kind, so they must be alike; a checksum left to the receiver goes with one tunnel.</summary>
    private static bool CanBeAnnounced(GsoType type, bool isRemoteInTwo)
    {
        const GsoType Udp = GsoType.UdpTunnel | GsoType.UdpTunnelChecksum;
        const GsoType Gre = GsoType.Gre | GsoType.GreChecksum;
        return (type & Udp) != Udp && (type & Gre) != Gre && !isRemoteInTwo;
    }

    private static GsoType OfTransport(
        ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, LayerKind network, bool fixedIdentification)
    {
        ref readonly Layer layer = ref layout[transport];
        if (layer.Kind == LayerKind.Udp)
            return GsoType.UdpL4;
        GsoType type = network == LayerKind.IPv4 ? GsoType.TcpV4 : GsoType.TcpV6;
        if ((packet[layer.Offset + TcpHeader.FlagsOffset] & (byte)TcpFlags.Cwr) != 0)
            type |= GsoType.TcpEcn;
        if (fixedIdentification && network == LayerKind.IPv4)
            type |= GsoType.TcpFixedId;
        return type;
    }
}
