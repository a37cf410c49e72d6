using Wiretrue.Headers;

namespace Wiretrue.Packets;

/// <summary>Questions about a <see cref="GsoType"/>.</summary>
public static class GsoTypes
{
    /// <summary>The type speaks of a tunnel, and what is divided is the innermost transport.</summary>
    public static bool IsTunnel(this GsoType type) => (type & GsoType.TunnelMask) != 0;

    /// <summary>
    /// The tunnel that carries a transport layer: <see cref="GsoType.None"/>, or the one member of <see cref="GsoType.TunnelMask"/> that a
    /// super-frame with these headers has. Whether an outer UDP header has a checksum is read from its field.
    /// </summary>
    /// <param name="packet">The packet's bytes.</param>
    /// <param name="layout">Its layers.</param>
    /// <param name="transport">Index of the transport layer.</param>
    public static GsoType TunnelOf(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport)
    {
        LayerKind network = LayerKind.None;
        GsoType tunnel = GsoType.None;
        for (int i = 0; i < transport; i++)
        {
            int offset = layout[i].Offset;
            switch (layout[i].Kind)
            {
                case LayerKind.Udp:
                    network = LayerKind.None;
                    tunnel = UdpHeader.TryCreate(packet[offset..], out UdpHeader udp) && udp.Checksum == 0
                        ? GsoType.UdpTunnel : GsoType.UdpTunnelChecksum;
                    break;
                case LayerKind.Gre:
                    network = LayerKind.None;
                    tunnel = GreHeader.TryCreate(packet[offset..], out GreHeader gre) && gre.HasChecksum ? GsoType.GreChecksum : GsoType.Gre;
                    break;
                case LayerKind.IPv4 or LayerKind.IPv6:
                    if (network != LayerKind.None)
                        tunnel = network == LayerKind.IPv4 ? GsoType.IPXIP4 : GsoType.IPXIP6;
                    network = layout[i].Kind;
                    break;
                default:
                    break;
            }
        }
        return tunnel;
    }
}
