using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Cuts an SCTP super-frame where its sender said (<c>sctp_gso_segment</c>, net/sctp/offload.c, with <c>GSO_BY_FRAGS</c>).</summary>
/// <remarks>
/// Chunks can't be divided (RFC 9260 3.2), so no size says where to cut: each packet of the fragment list holds the whole chunks of one
/// segment, which get the common header and a CRC32c of their own. Chunks behind the first packet's headers are a segment, too.
/// <code>
///   super-frame   [ IP │ SCTP │ chunks? ]  list: [ chunks ] [ chunks ] ...
///   segments      [ IP │ SCTP ]─► chunks
///                 [ IP │ SCTP ]─────────────────► chunks
///                 [ IP │ SCTP ]───────────────────────────► chunks
/// </code>
/// </remarks>
internal static class SctpSegmentation
{
    /// <inheritdoc cref="GenericSegmentation.Segment"/>
    [SkipLocalsInit]
    public static DropReason Segment(Packet packet, DeviceFeatures features, PacketQueue segments)
    {
        DropReason reason = ListPlan.TryCreate(packet, out ListPlan plan);
        if (reason != DropReason.None)
            return reason;
        // The sum of a tunnel covers the CRC: it can't be taken before the CRC is there (skb_udp_tunnel_segment).
        bool complete = (features & DeviceFeatures.ChecksumSctp) == 0 || (packet.Offload.GsoType & GsoTypeExtensions.OuterChecksums) != 0;
        Span<byte> room = stackalloc byte[GenericSegmentation.MaxHeaderLength + SegmentLoop.HeaderAlignment];
        Cut(packet, plan, room, complete, segments);
        return DropReason.None;
    }

    /// <inheritdoc cref="GenericSegmentation.Inspect"/>
    public static DropReason Inspect(Packet packet)
    {
        DropReason reason = ListPlan.TryCreate(packet, out ListPlan plan);
        if (reason != DropReason.None)
            return reason;
        OffloadState owed = Owed(packet.Layout[plan.Transport]);
        packet.Offload = packet.Offload with
        {
            GsoSegments = plan.Count,
            Checksum = owed.Checksum,
            ChecksumIsCrc32C = true,
            ChecksumStart = owed.ChecksumStart,
            ChecksumOffset = owed.ChecksumOffset,
        };
        return DropReason.None;
    }

    private static OffloadState Owed(in Layer sctp) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumIsCrc32C = true,
        ChecksumStart = sctp.Offset,
        ChecksumOffset = SctpHeader.ChecksumOffset,
    };

    private static void Cut(Packet packet, in ListPlan plan, Span<byte> room, bool complete, PacketQueue segments)
    {
        PacketPool pool = packet.Pool;
        Layer sctp = packet.Layout[plan.Transport];
        OffloadState owed = Owed(sctp);
        bool hasOuterSum = (packet.Offload.GsoType & GsoTypeExtensions.OuterChecksums) != 0;
        var headers = new CarrierHeaders(packet, plan.Transport + 1, room, keepsIdentification: false);
        SctpHeader.SetChecksum(room[sctp.Offset..], 0);
        var payload = new SegmentPayload(packet, plan.HeaderLength);
        var pages = new HeaderPages(pool, plan.HeaderLength, plan.Count);

        Packet first = pool.TakeChain(plan.Count);
        Packet segment = first;
        Packet? source = plan.HeadLength == 0 ? packet.FragmentList : null;
        for (int index = 0; index < plan.Count; index++)
        {
            int length = source?.Length ?? plan.HeadLength;
            headers.Prepare(plan.HeaderLength + length);
            pages.Next(segment, room[..pages.Stride]);
            Span<byte> bytes = segment.Linear;
            headers.Write(bytes, index);
            segment.LinkType = packet.LinkType;
            ushort sum = 0;
            if (length > 0)
                payload.Attach(segment, length, hasOuterSum, Packet.MaxFragments, out sum);
            segment.Offload = complete ? default : owed;
            if (complete)
                SctpHeader.SetChecksum(bytes[sctp.Offset..], Crc(segment, sctp.Offset));
            if (hasOuterSum)
            {
                // The CRC lies in the headers, so the payload's sum is what it was.
                headers.WriteOuterChecksum(bytes, sum, length);
            }
            source = source is null ? packet.FragmentList : source.Next;
            if (index != plan.Count - 1)
                segment = segment.Next!;
        }
        pool.ReleaseChainAfter(segment, plan.Count);
        segments.EnqueueChain(first, segment, plan.Count);
        payload.Close();
        pages.Close();
    }

    private static uint Crc(Packet segment, int start)
    {
        var crc = default(Crc32C);
        crc.Append(segment.Linear[start..]);
        foreach (PageFragment fragment in segment.Fragments)
            crc.Append(fragment.Span);
        return crc.GetCurrentHash();
    }
}
