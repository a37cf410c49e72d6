using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Holds a packet's headers against what its <see cref="GsoType"/> says of them.</summary>
internal static class GsoHeaders
{
    /// <summary>
    /// Index of the transport layer that is divided, or -1 when it is not what the type says: the innermost one of a tunnelled packet,
    /// else the outermost, as a datagram that is cut may well carry headers that look like a tunnel's.
    /// </summary>
    public static int TransportOf(in PacketLayout layout, GsoType type)
    {
        int transport = type.IsTunnel() ? layout.InnerTransport : layout.OuterTransport;
        int network = transport < 0 ? -1 : layout.NetworkOf(transport);
        if (network < 0)
            return -1;
        LayerKind family = layout[network].Kind;
        bool matches = layout[transport].Kind switch
        {
            LayerKind.Tcp => (type & GsoType.TransportMask) == (family == LayerKind.IPv4 ? GsoType.TcpV4 : GsoType.TcpV6),
            LayerKind.Udp => (type & GsoType.TransportMask) is GsoType.UdpL4 or GsoType.UdpFragmentation,
            LayerKind.Sctp => (type & GsoType.TransportMask) == GsoType.Sctp,
            _ => false,
        };
        return matches ? transport : -1;
    }

    /// <summary>Looks for headers that cannot be repeated, and for tunnels other than the type's.</summary>
    public static DropReason Check(
        ReadOnlySpan<byte> packet, int packetLength, in PacketLayout layout, int transport, in OffloadState offload)
    {
        // The sum that the field holds is carried over into the segments, so it must be this transport's.
        bool isSctp = layout[transport].Kind == LayerKind.Sctp;
        bool isOurs = offload.ChecksumIsCrc32C == isSctp && offload.ChecksumStart == layout[transport].Offset;
        if (offload.Checksum == ChecksumState.Partial && !isOurs)
            return DropReason.GsoTypeMismatch;

        GsoType tunnel = GsoType.None;
        int tunnels = 0;
        LayerKind network = LayerKind.None;
        for (int i = 0; i < transport; i++)
        {
            Layer layer = layout[i];
            switch (layer.Kind)
            {
                case LayerKind.IPv4:
                case LayerKind.IPv6:
                    if (network != LayerKind.None)
                    {
                        tunnels++;
                        tunnel = network == LayerKind.IPv4 ? GsoType.IPXIP4 : GsoType.IPXIP6;
                    }
                    network = layer.Kind;
                    break;
                case LayerKind.Udp:
                    tunnels++;
                    network = LayerKind.None;
                    tunnel = offload.GsoType & (GsoType.UdpTunnel | GsoType.UdpTunnelChecksum);
                    if (tunnel is not (GsoType.UdpTunnel or GsoType.UdpTunnelChecksum))
                        return DropReason.GsoTypeMismatch;
                    break;
                case LayerKind.Gre:
                    tunnels++;
                    network = LayerKind.None;
                    if (!GreHeader.TryCreate(packet[layer.Offset..], out GreHeader gre))
                        return DropReason.GsoHeadersIncomplete;
                    if (gre.HasSequence)
                        return DropReason.GsoGreSequence;
                    tunnel = gre.HasChecksum ? GsoType.GreChecksum : GsoType.Gre;
                    break;
                case LayerKind.AuthenticationHeader:
                case LayerKind.UdpLite:
                case LayerKind.Fragment:
                    return DropReason.GsoUnsupportedHeader;
                // Behind the packet there is its TLV's padding; what else follows could not be repeated.
                case LayerKind.Nflog when packetLength - layer.End >= LinkSegments.NflogAlignment:
                    return DropReason.GsoUnsupportedHeader;
                default:
                    break;
            }
        }
        if (tunnels > 1)
            return DropReason.GsoNestedTunnels;
        return (offload.GsoType & GsoType.TunnelMask) == tunnel ? DropReason.None : DropReason.GsoTypeMismatch;
    }
}
