using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Cuts a super-frame into the frames that it stands for (<c>skb_gso_segment</c>, net/core/gso.c).</summary>
/// <remarks>
/// <code>
///  super-frame   [ headers │ payload                                        ]
///                            ├── GsoSize ──┼── GsoSize ──┼ .. ┼── rest ──┤
///  segments      [ headers ]─►             │             │    │
///                [ headers ]───────────────►             │    │                each: new headers, and a
///                [ headers ]─────────────────────────────►    │                fragment in the payload's page
///                [ headers ]─────────────────────────────────►
/// </code>
/// The payload is not copied: each segment points into the page where it lies. A super-frame of which the end was not captured is cut all
/// the same, by the lengths that its headers declare: see <see cref="Packet.MissingTail"/>.
/// </remarks>
public static class GenericSegmentation
{
    /// <summary>Headers that are longer than this, link header to transport options, are refused.</summary>
    public const int MaxHeaderLength = 1024;

    /// <summary>
    /// Cuts <paramref name="packet"/>, which stays the caller's and keeps its bytes, but for a jumbo payload option that is taken out.
    /// </summary>
    /// <param name="packet">A packet with a <see cref="OffloadState.GsoSize"/>.</param>
    /// <param name="features">
    /// What the device does for this packet: with a checksum feature, the segments' checksums stay owed
    /// (<see cref="ChecksumState.Partial"/>); else they are done.
    /// </param>
    /// <param name="segments">The segments are added at the end, in order; they are the caller's.</param>
    /// <returns><see cref="DropReason.None"/>; or why it cannot be cut, and nothing was changed or added.</returns>
    public static DropReason Segment(Packet packet, DeviceFeatures features, PacketQueue segments)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(segments);
        if (packet.Offload.GsoSize <= 0)
            return DropReason.GsoSizeMissing;
        packet.Walk();
        GsoType type = packet.Offload.GsoType;
        Packet? last = segments.Last;
        DropReason reason = (type & GsoType.TransportMask) switch
        {
            GsoType.UdpFragmentation => UdpFragmentation.Segment(packet, segments),
            GsoType.Sctp => SctpSegmentation.Segment(packet, features, segments),
            _ when (type & GsoType.Esp) != 0 => EspSegmentation.Segment(packet, features, segments),
            _ when (type & GsoType.FragmentList) != 0 => ListSegmentation.Segment(packet, features, segments),
            _ => TransportSegmentation.Segment(packet, features, segments),
        };
        if (reason == DropReason.None && packet.Offload.HasVlanTag)
            CarryTag(packet.Offload, last is null ? segments.First : last.Next);
        return reason;
    }

    /// <summary>A tag that stands outside of the super-frame's bytes stands outside of each segment's.</summary>
    private static void CarryTag(in OffloadState of, Packet? segment)
    {
        for (; segment is not null; segment = segment.Next)
            segment.Offload = segment.Offload with { VlanProtocol = of.VlanProtocol, VlanTci = of.VlanTci };
    }

    /// <summary>
    /// Looks at all that <see cref="Segment"/> looks at, and leaves the super-frame whole: its segments are counted, and its checksum is
    /// owed, as a device that cuts super-frames expects.
    /// </summary>
    /// <returns><see cref="DropReason.None"/>; or why it cannot be cut, and nothing was changed.</returns>
    internal static DropReason Inspect(Packet packet)
    {
        packet.Walk();
        GsoType type = packet.Offload.GsoType;
        return (type & GsoType.TransportMask) switch
        {
            GsoType.UdpFragmentation => UdpFragmentation.Inspect(packet),
            GsoType.Sctp => SctpSegmentation.Inspect(packet),
            _ when (type & GsoType.Esp) != 0 => EspSegmentation.Inspect(packet),
            _ => TransportSegmentation.Inspect(packet),
        };
    }
}
