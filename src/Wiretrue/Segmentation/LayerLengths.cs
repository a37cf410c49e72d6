using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>The length fields of headers that are repeated in every segment, IPv4's aside, which come with its checksum.</summary>
internal static class LayerLengths
{
    /// <summary>Sets the length that the header of <paramref name="layer"/> holds, if it holds one.</summary>
    /// <param name="template">The headers of a segment.</param>
    /// <param name="layer">Where one of them is.</param>
    /// <param name="segmentLength">Bytes of the whole segment.</param>
    public static void Prepare(Span<byte> template, in Layer layer, int segmentLength)
    {
        switch (layer.Kind)
        {
            case LayerKind.IPv6:
                IPv6Segments.Prepare(template, layer, segmentLength);
                break;
            case LayerKind.Udp:
                TunnelSegments.PrepareUdpLength(template, layer, segmentLength);
                break;
            case LayerKind.Snap:
                LinkSegments.PrepareSnap(template, layer, segmentLength);
                break;
            case LayerKind.Pppoe:
                LinkSegments.PreparePppoe(template, layer, segmentLength);
                break;
            case LayerKind.Nflog:
                LinkSegments.PrepareNflog(template, layer, segmentLength);
                break;
            case LayerKind.GtpU:
                LinkSegments.PrepareGtpU(template, layer, segmentLength);
                break;
            default:
                break;
        }
    }
}
