using System.Runtime.Intrinsics;
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
                headers.Write(segmentRun, sum);
                PointAtPages(segment, segmentRun);
                segment = Open(segment, segmentRun, packet.LinkType, sum ? default : owed);
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

    /// <remarks>
    /// References go by themselves, before: the collector's write barrier is a call, and a loop with a call in it keeps its variables in
    /// memory, where each turn waits for the one before.
    /// </remarks>
    private static void PointAtPages(Packet segment, in SegmentRun run)
    {
        Page headers = run.Headers.Page;
        Page payload = run.Payload;
        for (int i = run.Count; i > 0; i--)
        {
            segment.PointAt(headers, payload);
            segment = segment.Next!;
        }
    }

    /// <summary>Opens the packets of a run, which point at their pages already; returns the packet after them.</summary>
    private static Packet Open(Packet segment, in SegmentRun run, LinkType linkType, in OffloadState state)
    {
        Vector256<int> extent = run.FirstExtent(linkType);
        Vector256<int> step = PacketExtent.Step(run.Headers.Stride);
        int offset = run.PayloadOffset;
        int length = run.PayloadLength;
        for (int i = run.Count; i > 0; i--)
        {
            segment.OpenSegment(extent, offset, length, state);
            extent += step;
            offset += length;
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
