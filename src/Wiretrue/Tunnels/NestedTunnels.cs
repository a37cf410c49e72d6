using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;

namespace Wiretrue.Tunnels;

/// <summary>A super-frame in a second tunnel: whether its type can say so, and what the type says once one of the two is gone.</summary>
/// <remarks>
/// A bit speaks of all tunnels of its kind, so not every two go together; who wants them all the same cuts the super-frame between them.
/// Linux describes one tunnel only, and takes all bits away with it (<c>iptunnel_pull_offloads</c>).
/// </remarks>
internal static class NestedTunnels
{
    private const GsoType FixedIds = GsoType.TcpFixedId | GsoType.TcpFixedIdInner;

    /// <summary>True when the packet is one that has to be looked at before or after.</summary>
    public static bool Concern(in OffloadState offload) => offload.IsGso && offload.GsoType.IsTunnel();

    /// <summary>
    /// Whether another tunnel may come around a super-frame that is in one. Identifications that stay the same are said of all inner headers at
    /// once, and that of the tunnel which it is in counts.
    /// </summary>
    public static DropReason CheckBefore(in OffloadState offload) =>
        Concern(offload) && (offload.GsoType & FixedIds) != 0 ? DropReason.GsoNestedTunnels : DropReason.None;

    /// <summary>Whether a super-frame that another tunnel has come around can still be cut.</summary>
    public static DropReason CheckAfter(Packet packet)
    {
        packet.Walk();
        return GsoHeaders.TryFindTransport(packet, out _);
    }

    /// <summary>The type of a super-frame that came out of a tunnel, and may be in another.</summary>
    /// <param name="packet">Without the outer headers; its state has the type of before, and all else as it is now.</param>
    public static GsoType Remaining(Packet packet)
    {
        OffloadState offload = packet.Offload;
        GsoType type = offload.GsoType & ~(GsoType.TunnelMask | GsoType.TunnelRemoteChecksum | FixedIds);
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        int transport = GsoHeaders.TransportOf(layout, offload);
        GsoType tunnels = transport < 0 ? GsoType.None : TunnelHeaders.Of(packet.Linear, layout, transport, offload.GsoType);
        // What was said of inner headers is said of the outermost now.
        if ((offload.GsoType & GsoType.TcpFixedIdInner) != 0)
            type |= tunnels == GsoType.None ? GsoType.TcpFixedId : FixedIds;
        if ((offload.GsoType & GsoType.TunnelRemoteChecksum) != 0 && transport >= 0 && RemoteChecksumRequest.IsFor(packet.Linear, layout, transport))
            type |= GsoType.TunnelRemoteChecksum;
        return type | tunnels;
    }
}
