using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Where a super-frame is to be cut, once it is certain that it can be.</summary>
internal readonly struct SegmentPlan
{
    // GSO_MAX_SEGS and GSO_MAX_SIZE (linux/netdevice.h). Without them a snapped packet of a hundred bytes whose original length says
    // 2 GB would become a million segments.
    private const int MaxSegments = 65535;
    private const int MaxPayload = 8 * MaxSegments;

    /// <summary>Most payload bytes in a piece that the device cuts further: 65,535 would mean the packets of a fragment list.</summary>
    private const int MaxPiece = OffloadState.GsoByFragmentList - 1;

    /// <summary>Index of the transport layer whose payload is divided.</summary>
    public int Transport { get; private init; }

    /// <summary>TCP, not UDP.</summary>
    public bool IsTcp { get; private init; }

    /// <summary>Bytes of all headers up to the payload; they are repeated in each segment.</summary>
    public int HeaderLength { get; private init; }

    /// <summary>Bytes of payload, as the headers declare, captured or not.</summary>
    public int PayloadLength { get; private init; }

    /// <summary>Payload bytes in every segment but the last.</summary>
    public int SegmentPayload { get; private init; }

    /// <summary>
    /// Payload bytes in a frame on the wire: those of a segment, or a part of them when the device cuts segments further.
    /// </summary>
    public int GsoSize { get; private init; }

    /// <summary>How many segments there will be; at least one.</summary>
    public int Count { get; private init; }

    /// <summary>Bytes after the payload that no header counts (a trailer, an FCS): they stay behind the last segment.</summary>
    public int TrailerLength { get; private init; }

    /// <summary>What the length of a segment is rounded up to, with bytes that no header counts; 1 but in a netfilter log.</summary>
    public int Alignment { get; private init; }

    /// <summary>
    /// The same super-frame in the largest pieces of whole frames, for a device that cuts those further (<c>skb_segment</c> with
    /// <c>NETIF_F_GSO_PARTIAL</c>); as it is, when not even two frames go into one.
    /// </summary>
    public SegmentPlan InPieces()
    {
        int frames = Math.Min(PayloadLength, MaxPiece) / GsoSize;
        int piece = frames * GsoSize;
        return frames < 2 ? this : this with { SegmentPayload = piece, Count = (PayloadLength + piece - 1) / piece };
    }

    /// <summary>Looks at everything that could stand in the way.</summary>
    public static DropReason TryCreate(Packet packet, out SegmentPlan plan)
    {
        plan = default;
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        DropReason reason = GsoHeaders.TryFindTransport(packet, out int transport);
        if (reason != DropReason.None)
            return reason;

        Layer layer = layout[transport];
        int headerLength = layer.ContentOffset;
        int payloadLength = layer.ContentLength;
        // Every segment repeats the headers, so all of them must be there.
        if (headerLength > packet.LinearLength || payloadLength <= 0)
            return DropReason.GsoHeadersIncomplete;
        if (headerLength > GenericSegmentation.MaxHeaderLength)
            return DropReason.GsoUnsupportedHeader;

        int segmentPayload = Math.Min(offload.GsoSize, payloadLength);
        if (headerLength - layout[layout.OuterNetwork].Offset + segmentPayload > ushort.MaxValue)
            return DropReason.GsoSegmentTooLong;

        if (payloadLength > MaxPayload || (payloadLength + segmentPayload - 1) / segmentPayload > MaxSegments)
            return DropReason.GsoTooLarge;

        bool isNflog = layout[0].Kind == LayerKind.Nflog;
        plan = new SegmentPlan
        {
            Transport = transport,
            IsTcp = layer.Kind == LayerKind.Tcp,
            HeaderLength = headerLength,
            PayloadLength = payloadLength,
            SegmentPayload = segmentPayload,
            GsoSize = segmentPayload,
            Count = (payloadLength + segmentPayload - 1) / segmentPayload,
            TrailerLength = isNflog ? 0 : Math.Max(0, packet.OriginalLength - layer.End),
            Alignment = isNflog ? LinkSegments.NflogAlignment : 1,
        };
        return DropReason.None;
    }
}
