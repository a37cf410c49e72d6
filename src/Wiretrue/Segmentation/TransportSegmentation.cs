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

        GsoType type = packet.Offload.GsoType;
        bool isRemote = (type & GsoType.TunnelRemoteChecksum) != 0;
        bool inPieces = !isRemote && PartialSegmentation.IsWanted(features);
        if (inPieces)
            plan = plan.InPieces();
        bool complete = (features & DeviceFeatures.ChecksumMask) == 0 && !isRemote;
        Packet? last = segments.Last;
        if (plan.IsTcp)
            Cut(packet, plan, new TcpSegments(type), complete, segments);
        else
            Cut(packet, plan, new UdpSegments(packet.Offload), complete, segments);
        Packet first = last is null ? segments.First! : last.Next!;
        if (isRemote)
            RemoteChecksum.Leave(first, packet.Layout, plan.Transport, type, features);
        else if (inPieces)
            PartialSegmentation.Announce(first, plan, type);
        return DropReason.None;
    }

    /// <inheritdoc cref="GenericSegmentation.Inspect"/>
    public static DropReason Inspect(Packet packet)
    {
        DropReason reason = SegmentPlan.TryCreate(packet, out SegmentPlan plan);
        if (reason == DropReason.None)
            LeaveOwed(packet, plan.Transport, plan.Count);
        return reason;
    }

    /// <summary>Leaves a super-frame whole: its segments are counted, and its checksum is owed.</summary>
    /// <param name="packet">The super-frame.</param>
    /// <param name="transport">Index of the transport layer that is divided.</param>
    /// <param name="count">How many segments it stands for.</param>
    public static void LeaveOwed(Packet packet, int transport, int count)
    {
        Layer layer = packet.Layout[transport];
        OffloadState offload = packet.Offload with { GsoSegments = count };
        if (offload.Checksum != ChecksumState.Partial)
        {
            offload = offload with
            {
                Checksum = ChecksumState.Partial,
                ChecksumStart = layer.Offset,
                ChecksumOffset = (ushort)TransportChecksum.FieldOffset(layer.Kind),
            };
            packet.EnsureWritable(layer.ContentOffset);
            ushort pseudoHeader = PseudoHeader.Sum(packet.Linear, packet.Layout, transport, layer.Length);
            BinaryPrimitives.WriteUInt16BigEndian(packet.Linear[(offload.ChecksumStart + offload.ChecksumOffset)..], pseudoHeader);
        }
        packet.Offload = offload;
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
