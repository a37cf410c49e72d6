using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Holds a packet's headers against what its <see cref="GsoType"/> says of them.</summary>
internal static class GsoHeaders
{
    /// <summary>
    /// Index of the transport layer that is divided, or -1 when it is not what the state says. A checksum that is owed tells where it is. Else
    /// it is the innermost of a tunnelled packet, and the outermost of any other, as a datagram that is cut may well carry headers that look
    /// like a tunnel's.
    /// </summary>
    public static int TransportOf(in PacketLayout layout, in OffloadState offload)
    {
        GsoType type = offload.GsoType;
        int transport = type.IsTunnel() ? layout.InnerTransport : layout.OuterTransport;
        if (offload.Checksum == ChecksumState.Partial && type.IsTunnel())
            transport = layout.TransportAt(offload.ChecksumStart);
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

    /// <summary>Finds the transport that is divided, and everything that stands in the way up to there.</summary>
    /// <param name="packet">Walked already.</param>
    /// <param name="transport">Index of the transport layer; -1 when it is not what the type says.</param>
    public static DropReason TryFindTransport(Packet packet, out int transport)
    {
        ref PacketLayout layout = ref packet.Layout;
        OffloadState offload = packet.Offload;
        transport = TransportOf(layout, offload);
        if (transport < 0)
            return layout.Fault.IsFault ? DropReason.GsoHeadersIncomplete : DropReason.GsoTypeMismatch;
        return Check(packet.Linear, packet.OriginalLength, layout, transport, offload);
    }

    /// <summary>Looks for headers that cannot be repeated, and for tunnels other than the type's.</summary>
    public static DropReason Check(
        ReadOnlySpan<byte> packet, int packetLength, in PacketLayout layout, int transport, in OffloadState offload)
    {
        // The sum that the field holds is carried over into the segments, so it must be this transport's.
        bool isSctp = layout[transport].Kind == LayerKind.Sctp;
        bool isOurs = offload.ChecksumIsCrc32C == isSctp && offload.ChecksumStart == layout[transport].Offset
            && offload.ChecksumOffset == TransportChecksum.FieldOffset(layout[transport].Kind);
        // A datagram's is made anew, wherever it is said to be, when the datagram is divided.
        bool isKept = (offload.GsoType & GsoType.UdpFragmentation) == 0;
        if (offload.Checksum == ChecksumState.Partial && isKept && !isOurs)
            return DropReason.GsoTypeMismatch;

        return TunnelHeaders.Check(packet, packetLength, layout, transport, offload.GsoType);
    }
}
