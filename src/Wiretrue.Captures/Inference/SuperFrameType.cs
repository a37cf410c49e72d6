using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Inference;

/// <summary>Finds how a super-frame is to be cut, from its headers.</summary>
internal static class SuperFrameType
{
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
        // The offload state has room for one tunnel: an outer and an inner set of headers.
        return tunnels > 1 || networks == 0 ? GsoType.None : type | OfTransport(packet, in layout, transport, network, fixedIdentification);
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
