using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>The one loop that makes segments, whatever the protocol (<c>skb_segment</c>, net/core/skbuff.c).</summary>
/// <remarks>
/// Segments that are alike are made in runs: first the headers of a run, then its packets, in loops that are short enough for their
/// variables to stay in registers. The last segment, and one whose payload lies in several pieces, is made by itself.
/// </remarks>
internal static class SegmentLoop
{
    /// <summary>Headers are laid out and copied in whole cache lines.</summary>
    public const int HeaderAlignment = 64;

    /// <summary>What segments are padded with. It is never given back, as this is a reference.</summary>
    private static readonly Page _zeros = new(new byte[LinkSegments.NflogAlignment]);

    /// <summary>Adds the segments of <paramref name="packet"/> to <paramref name="segments"/>.</summary>
    /// <param name="packet">The super-frame; each of its pages gets a reference for each segment that points there.</param>
    /// <param name="plan">Where to cut.</param>
    /// <param name="headers">The headers to give the segments.</param>
    /// <param name="complete">Do the checksums; else they stay owed.</param>
    /// <param name="segments">Where they go.</param>
    public static void Cut<TTransport>(
        Packet packet, in SegmentPlan plan, ref SegmentHeaders<TTransport> headers, bool complete, PacketQueue segments)
        where TTransport : struct, ISegmentTransport
    {
        PacketPool pool = packet.Pool;
        var payload = new SegmentPayload(packet, plan.HeaderLength);
        var pages = new HeaderPages(pool, plan.HeaderLength, plan.Count);
        bool sum = complete && !headers.ChecksumIsAbsent;
        OffloadState owed = headers.ChecksumIsAbsent ? default : headers.Owed;

        Packet first = pool.TakeChain(plan.Count);
        Packet segment = first;
        headers.Prepare(plan.SegmentPayload);
        int last = plan.Count - 1;
        int alone = plan.Alignment != 1 ? last : headers.FirstDiffers ? 1 : 0;
        for (int index = 0; index < last;)
        {
            int run = index < alone ? 0 : Math.Min(last - index, payload.WholePieces(plan.SegmentPayload));
            if (run > 0)
            {
                HeaderRoom room = pages.Take(run, out run);
                SegmentRun segmentRun = payload.Take(room, index, run, plan.SegmentPayload);
                headers.Write(segmentRun);
                segment = sum
                    ? OpenComplete(segment, segmentRun, ref headers, packet.LinkType)
                    : OpenOwing(segment, segmentRun, packet.LinkType, owed);
                index += run;
            }
            else
            {
                CutOne(segment, plan, index, plan.SegmentPayload, ref pages, ref payload, ref headers, sum, packet.LinkType, owed);
                segment = segment.Next!;
                index++;
            }
        }

        int rest = plan.PayloadLength - (last * plan.SegmentPayload);
        if (rest != plan.SegmentPayload)
            headers.Prepare(rest);
        CutOne(segment, plan, last, rest, ref pages, ref payload, ref headers, sum, packet.LinkType, owed);
        pool.ReleaseChainAfter(segment, plan.Count);
        segments.EnqueueChain(first, segment, plan.Count);
        payload.Close();
        pages.Close();
    }

    /// <summary>Opens the packets of a run, whose headers are written; returns the packet after them.</summary>
    private static Packet OpenOwing(Packet segment, in SegmentRun run, LinkType linkType, in OffloadState owed)
    {
        (Page page, int start, int length, int stride) = run.Headers;
        Page payload = run.Payload;
        int offset = run.PayloadOffset;
        int payloadLength = run.PayloadLength;
        for (int i = run.Count; i > 0; i--)
        {
            segment.OpenSegment(page, start, start + length, start + stride, payload, offset, payloadLength, linkType, owed);
            start += stride;
            offset += payloadLength;
            segment = segment.Next!;
        }
        return segment;
    }

    /// <summary>As <see cref="OpenOwing"/>, and does the checksums.</summary>
    /// <remarks>
    /// In one loop: a packet that comes from the second-level cache is waited for while the payload before it is summed.
    /// </remarks>
    private static Packet OpenComplete<TTransport>(
        Packet segment, in SegmentRun run, ref SegmentHeaders<TTransport> headers, LinkType linkType)
        where TTransport : struct, ISegmentTransport
    {
        (Page page, int start, int length, int stride) = run.Headers;
        Page payload = run.Payload;
        int offset = run.PayloadOffset;
        int payloadLength = run.PayloadLength;
        int end = run.FirstIndex + run.Count;
        for (int index = run.FirstIndex; index < end; index++)
        {
            segment.OpenSegment(page, start, start + length, start + stride, payload, offset, payloadLength, linkType, default);
            ushort payloadSum = InternetChecksum.Sum(payload.Bytes.AsSpan(offset, payloadLength));
            headers.Complete(page.Bytes.AsSpan(start, stride), headers.HeaderSum(index), payloadSum);
            start += stride;
            offset += payloadLength;
            segment = segment.Next!;
        }
        return segment;
    }

    /// <summary>Makes one segment, whatever is special about it.</summary>
    private static void CutOne<TTransport>(
        Packet segment, in SegmentPlan plan, int index, int length, ref HeaderPages pages, ref SegmentPayload payload,
        ref SegmentHeaders<TTransport> headers, bool sum, LinkType linkType, in OffloadState owed)
        where TTransport : struct, ISegmentTransport
    {
        bool isLast = index == plan.Count - 1;
        Span<byte> bytes = pages.Next(segment, headers.Template(pages.Stride));
        ulong headerSum = headers.Write(bytes, index, isLast);
        segment.LinkType = linkType;

        // One fragment is kept free for a trailer.
        int missing = payload.Attach(segment, length, sum, Packet.MaxFragments - 1, out ushort payloadSum);
        segment.MissingTail = missing;
        if (sum && missing == 0)
        {
            headers.Complete(bytes, headerSum, payloadSum);
            segment.Offload = default;
        }
        else
        {
            segment.Offload = owed;
        }
        if (isLast && plan.TrailerLength > 0)
            segment.MissingTail += payload.Attach(segment, plan.TrailerLength, sum: false, Packet.MaxFragments, out _);
        if (plan.Alignment != 1)
            Pad(segment, plan.Alignment);
    }

    private static void Pad(Packet segment, int alignment)
    {
        int padding = -segment.OriginalLength & (alignment - 1);
        if (segment.MissingTail > 0)
            segment.MissingTail += padding;
        else if (padding > 0)
            segment.AddFragment(_zeros, 0, padding);
    }
}
