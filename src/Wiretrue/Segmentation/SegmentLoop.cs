using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>The one loop that makes segments, whatever the protocol (<c>skb_segment</c>, net/core/skbuff.c).</summary>
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
        var owed = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = headers.TransportOffset,
            ChecksumOffset = (ushort)TTransport.ChecksumOffset,
        };

        Packet first = pool.TakeChain(plan.Count);
        Packet segment = first;
        headers.Prepare(plan.SegmentPayload);
        int left = plan.PayloadLength;
        for (int index = 0; index < plan.Count; index++)
        {
            int length = Math.Min(left, plan.SegmentPayload);
            bool isLast = index == plan.Count - 1;
            if (isLast && length != plan.SegmentPayload)
                headers.Prepare(length);

            Span<byte> bytes = pages.Next(segment, headers.Template(pages.Stride));
            segment.LinkType = packet.LinkType;
            // One fragment is kept free for a trailer.
            int missing = payload.Attach(segment, length, sum, Packet.MaxFragments - 1, out ushort payloadSum);
            segment.MissingTail = missing;
            if (sum && missing == 0)
            {
                headers.Write(bytes, index, isLast, payloadSum);
                segment.Offload = default;
            }
            else
            {
                headers.WritePartial(bytes, index, isLast);
                segment.Offload = headers.ChecksumIsAbsent ? default : owed;
            }
            if (isLast && plan.TrailerLength > 0)
                segment.MissingTail += payload.Attach(segment, plan.TrailerLength, sum: false, Packet.MaxFragments, out _);
            if (plan.Alignment != 1)
                Pad(segment, plan.Alignment);
            left -= length;
            if (!isLast)
                segment = segment.Next!;
        }
        pool.ReleaseChainAfter(segment, plan.Count);
        segments.EnqueueChain(first, segment, plan.Count);
        payload.Close();
        pages.Close();
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
