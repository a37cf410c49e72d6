using System.Runtime.CompilerServices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// The headers before the one that is divided, as segments repeat them: lengths for all segments of one length, and in each IPv4 header
/// what every segment has of its own.
/// </summary>
internal struct NetworkHeaders
{
    /// <summary>Two tunnels have three levels of headers.</summary>
    public const int MaxLevels = 3;

    private IPv4Levels _ipv4;
    private int _count;

    /// <summary>Remembers the identifications that the headers begin with.</summary>
    /// <param name="template">The headers.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="end">How many layers are repeated.</param>
    /// <param name="type">Which of them keep their identification.</param>
    /// <param name="step">By how much the others go on from one segment to the next.</param>
    /// <param name="kept">Index of a layer that keeps it, whatever the type says; or -1.</param>
    public void Open(ReadOnlySpan<byte> template, in PacketLayout layout, int end, GsoType type, int step, int kept = -1)
    {
        int outer = type.IsTunnel() ? layout.OuterNetwork : -1;
        for (int i = 0; i < end; i++)
        {
            if (layout[i].Kind != LayerKind.IPv4)
                continue;
            // With a tunnel, all headers inside have a flag of their own (SKB_GSO_TCP_FIXEDID, shifted where there is a header before).
            GsoType fixedId = outer >= 0 && i != outer ? GsoType.TcpFixedIdInner : GsoType.TcpFixedId;
            _ipv4[_count++].Open(template, layout[i], (type & fixedId) != 0 || i == kept ? 0 : step);
        }
    }

    /// <summary>Sets the lengths for segments of <paramref name="segmentLength"/> bytes; the identifications are the first segment's then.</summary>
    public void Prepare(Span<byte> template, in PacketLayout layout, int end, int segmentLength)
    {
        int ipv4 = 0;
        for (int i = 0; i < end; i++)
        {
            ref readonly Layer layer = ref layout[i];
            if (layer.Kind == LayerKind.IPv4)
                _ipv4[ipv4++].Prepare(template, layer, segmentLength);
            else
                LayerLengths.Prepare(template, layer, segmentLength);
        }
    }

    /// <summary>Writes what is segment <paramref name="index"/>'s own into its headers, a copy of the template.</summary>
    public readonly void Write(Span<byte> headers, int index) => Write(headers, headers.Length, index);

    /// <summary>Writes what is each segment's own into the headers of segments in a row.</summary>
    /// <param name="headers">Their headers, copies of the template.</param>
    /// <param name="stride">Bytes from one segment's headers to the next's.</param>
    /// <param name="index">Number of the first of them.</param>
    public readonly void Write(Span<byte> headers, int stride, int index)
    {
        for (int i = 0; i < _count; i++)
            _ipv4[i].Write(headers, stride, index);
    }

    [InlineArray(MaxLevels)]
    private struct IPv4Levels
    {
        private IPv4Segments _first;
    }
}
