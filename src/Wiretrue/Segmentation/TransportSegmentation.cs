using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// Cuts a transport's payload into pieces of one size, each behind headers of its own: TCP (<c>tcp_gso_segment</c>) and UDP
/// (<c>__udp_gso_segment</c>), plain or in tunnels, through <see cref="SegmentLoop"/>.
/// </summary>
internal static class TransportSegmentation
{
    /// <inheritdoc cref="GenericSegmentation.Segment"/>
    public static DropReason Segment(Packet packet, DeviceFeatures features, PacketQueue segments)
    {
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

    /// <inheritdoc cref="GenericSegmentation.Inspect"/>
    public static DropReason Inspect(Packet packet)
    {
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
        Span<byte> room = stackalloc byte[GenericSegmentation.MaxHeaderLength + SegmentLoop.HeaderAlignment];
        var headers = new SegmentHeaders<TTransport>(packet, plan, transport, room);
        SegmentLoop.Cut(packet, plan, ref headers, complete, segments);
    }
}
