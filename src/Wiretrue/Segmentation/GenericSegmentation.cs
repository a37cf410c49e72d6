using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Devices;
using Wiretrue.Headers;
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
        packet.Walk();
        DropReason reason = SegmentPlan.TryCreate(packet, out SegmentPlan plan);
        if (reason != DropReason.None)
            return reason;
        while (JumboPayloadOption.TryTakeOut(packet))
        {
            packet.Walk();
            reason = SegmentPlan.TryCreate(packet, out plan);
            if (reason != DropReason.None)
                return reason;
        }

        bool complete = (features & DeviceFeatures.ChecksumMask) == 0;
        if (plan.IsTcp)
            Cut(packet, plan, new TcpSegments(packet.Offload.GsoType), complete, segments);
        else
            Cut(packet, plan, new UdpSegments(packet.Offload), complete, segments);
        return DropReason.None;
    }

    /// <summary>
    /// Looks at all that <see cref="Segment"/> looks at, and leaves the super-frame whole: its segments are counted, and its checksum is
    /// owed, as a device that cuts super-frames expects.
    /// </summary>
    /// <returns><see cref="DropReason.None"/>; or why it cannot be cut, and nothing was changed.</returns>
    internal static DropReason Inspect(Packet packet)
    {
        packet.Walk();
        DropReason reason = SegmentPlan.TryCreate(packet, out SegmentPlan plan);
        if (reason != DropReason.None)
            return reason;
        OffloadState offload = packet.Offload with { GsoSegments = plan.Count };
        if (offload.Checksum != ChecksumState.Partial)
        {
            offload = offload with
            {
                Checksum = ChecksumState.Partial,
                ChecksumStart = packet.Layout[plan.Transport].Offset,
                ChecksumOffset = plan.IsTcp ? (ushort)TcpHeader.ChecksumOffset : (ushort)UdpHeader.ChecksumOffset,
            };
            packet.EnsureWritable(plan.HeaderLength);
            ushort pseudoHeader = PseudoHeader.Sum(packet.Linear, packet.Layout, plan.Transport, packet.Layout[plan.Transport].Length);
            BinaryPrimitives.WriteUInt16BigEndian(packet.Linear[(offload.ChecksumStart + offload.ChecksumOffset)..], pseudoHeader);
        }
        packet.Offload = offload;
        return DropReason.None;
    }

    [SkipLocalsInit]
    private static void Cut<TTransport>(Packet packet, in SegmentPlan plan, TTransport transport, bool complete, PacketQueue segments)
        where TTransport : struct, ISegmentTransport
    {
        Span<byte> room = stackalloc byte[MaxHeaderLength + SegmentLoop.HeaderAlignment];
        var headers = new SegmentHeaders<TTransport>(packet, plan, transport, room);
        SegmentLoop.Cut(packet, plan, ref headers, complete, segments);
    }
}
