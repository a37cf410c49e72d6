using System.Runtime.CompilerServices;
using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

// How large a segment can be, and which packets are larger.
public sealed partial class OffloadInference
{
    private const int SmallestMtu = 68;

    /// <summary>
    /// Linux sends no smaller segments, options included, whatever its peer announces (<c>TCP_MIN_SND_MSS</c>, net/tcp.h): an announced 1
    /// would turn one super-frame into 64 thousand frames.
    /// </summary>
    private const int SmallestMss = 48;

    /// <summary>The packet is larger than its flow's segments, as far as it is known by now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOversized(
        ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int transport, in Flow flow, VerdictFlags flags)
    {
        if ((flags & VerdictFlags.NotedSegmentation) != 0)
            return true;
        ref readonly Layer layer = ref layout[transport];
        int payload = layer.ContentLength;
        int negotiated = NegotiatedPayload(in layer, in flow);
        bool beyondNegotiated = negotiated != 0 && payload > negotiated;
        bool suspicious = payload > SurelyOrdinary || _options.Mtu != 0 || (flags & VerdictFlags.DeclaredSuperFrame) != 0;
        return beyondNegotiated || (suspicious && IsBeyondLink(packet, in record, in layout, transport, negotiated));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsBeyondLink(ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int transport, int negotiated)
    {
        // The capture itself says so; whether there is more than one segment's worth in it is seen when its size is chosen.
        if ((record.Flags & PacketFlags.TcpSegmentationOffload) != 0)
            return true;
        ref readonly Layer layer = ref layout[transport];
        if (_options.Mtu != 0)
            return layer.End - layout[layout.OuterNetwork].Offset > _options.Mtu;
        // Both ends agreed on segments of this size, so the path takes them. In a tunnel it is the inner packet that says whether it was
        // cut: what the tunnel adds often runs over links made a little larger for it.
        return negotiated == 0
            && layer.End - layout[layout.NetworkOf(transport)].Offset > WireMtu.Of(packet, record.LinkType, in layout);
    }

    /// <summary>
    /// Payload bytes per segment that the SYNs allow this segment, its own options taken off (RFC 6691 2); 0 when no SYN was seen.
    /// </summary>
    private static int NegotiatedPayload(in Layer tcp, in Flow flow)
    {
        if (tcp.Kind != LayerKind.Tcp || flow.NegotiatedMss == 0)
            return 0;
        return Math.Max(flow.NegotiatedMss, SmallestMss) - (tcp.HeaderLength - TcpHeader.MinimumSize);
    }

    /// <summary>The largest payload that fits the wire's MTU behind this packet's headers; at least 1.</summary>
    private int FittingPayload(ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int transport)
    {
        int mtu = _options.Mtu != 0 ? Math.Max(_options.Mtu, SmallestMtu) : WireMtu.Of(packet, record.LinkType, in layout);
        return Math.Max(mtu - (layout[transport].ContentOffset - layout[layout.OuterNetwork].Offset), 1);
    }

    /// <summary>Payload bytes per segment of a packet that may be a super-frame; 0 when it turns out to be none.</summary>
    private int SegmentSize(
        ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int transport, in PacketVerdict verdict,
        out SegmentSizeSource source)
    {
        source = SegmentSizeSource.Mtu;
        int fits = FittingPayload(packet, in record, in layout, transport);
        int payload = layout[transport].ContentLength;
        int size = fits;
        if (FlowKey.TryCreate(packet, in layout, transport, record.Interface, out FlowKey key))
        {
            ref Flow flow = ref _flows.Find(in key);
            if (!Unsafe.IsNullRef(ref flow))
            {
                int negotiated = NegotiatedPayload(layout[transport], in flow);
                if (negotiated == 0 && _options.Mtu == 0 && flow.Identification.ShowsWholeFrames
                    && verdict.Checksum(verdict.Transports - 1) == CapturedChecksum.Good)
                {
                    return 0;
                }
                size = negotiated == 0 ? flow.Sizes.Choose(payload, fits, out source) : Negotiated(in flow.Sizes, negotiated, out source);
                // Agreed on by both ends, a size larger than the usual link's says that the link is not the usual one.
                if (negotiated != 0 && _options.Mtu == 0)
                    fits = Math.Max(fits, negotiated);
            }
        }
        if (size > fits)
            (size, source) = (fits, SegmentSizeSource.Mtu);
        return payload > size ? size : 0;
    }

    /// <summary>A size that was noted, or what fits the MTU that was asked for.</summary>
    private int FittingSize(ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int transport, int noted) =>
        _options.Mtu == 0 ? noted : Math.Min(noted, FittingPayload(packet, in record, in layout, transport));

    private static int Negotiated(in SegmentSizes sizes, int negotiated, out SegmentSizeSource source)
    {
        bool less = sizes.ShowsLess(negotiated);
        source = less ? SegmentSizeSource.OrdinarySegments : SegmentSizeSource.Handshake;
        return less ? sizes.LargestFull : negotiated;
    }
}
