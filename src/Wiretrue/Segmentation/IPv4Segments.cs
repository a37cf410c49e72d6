using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>
/// An IPv4 header's part in cutting (<c>inet_gso_segment</c>, net/ipv4/af_inet.c): total length, identification, header checksum.
/// </summary>
/// <remarks>
/// The identification goes up by one from segment to segment, and wraps; with a fixed ID it stays. Outer and inner headers count on their
/// own.
/// </remarks>
internal struct IPv4Segments
{
    private const int IdentificationOffset = 4;

    private int _offset;
    private ushort _identification;
    private ushort _step;
    private ulong _sum;

    /// <summary>Remembers the identification of the header of <paramref name="layer"/>.</summary>
    public void Open(ReadOnlySpan<byte> template, in Layer layer, bool fixedIdentification)
    {
        _offset = layer.Offset;
        _identification = BinaryPrimitives.ReadUInt16BigEndian(template[(_offset + IdentificationOffset)..]);
        _step = fixedIdentification ? (ushort)0 : (ushort)1;
    }

    /// <summary>Sets the length of a segment, and leaves a whole and right header in the template: the first segment's.</summary>
    public void Prepare(Span<byte> template, in Layer layer, int segmentLength)
    {
        Span<byte> header = template.Slice(layer.Offset, layer.HeaderLength);
        IPv4Header.SetTotalLength(header, (ushort)(segmentLength - layer.Offset));
        IPv4Header.SetIdentification(header, 0);
        IPv4Header.SetChecksum(header, 0);
        _sum = InternetChecksum.Sum(header);
        Write(template, 0);
    }

    /// <summary>Writes identification and checksum of segment <paramref name="index"/> into its headers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write(Span<byte> headers, int index)
    {
        ushort identification = (ushort)(_identification + (_step * index));
        Span<byte> header = headers.Slice(_offset, IPv4Header.MinimumSize);
        IPv4Header.SetIdentification(header, identification);
        IPv4Header.SetChecksum(header, (ushort)~InternetChecksum.Fold(_sum + identification));
    }
}
