using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>
/// An IPv4 header's part in cutting (<c>inet_gso_segment</c>, net/ipv4/af_inet.c): total length, identification, header checksum.
/// </summary>
/// <remarks>
/// The identification goes up by one from segment to segment, and wraps; with a fixed ID it stays. Outer and inner headers count on their
/// own. A piece that the device cuts further takes as many identifications as it stands for frames.
/// </remarks>
internal struct IPv4Segments
{
    private const int TotalLengthOffset = 2;
    private const int IdentificationOffset = 4;

    private int _offset;
    private ushort _identification;
    private ushort _step;
    private ushort _sum;

    /// <summary>
    /// Remembers the identification of the header of <paramref name="layer"/>, which goes on by <paramref name="step"/> from one segment to the
    /// next.
    /// </summary>
    public void Open(ReadOnlySpan<byte> template, in Layer layer, int step)
    {
        _offset = layer.Offset;
        _step = (ushort)step;
        _identification = BinaryPrimitives.ReadUInt16BigEndian(template[(_offset + IdentificationOffset)..]);
    }

    /// <summary>Sets the length of a segment, and leaves a whole and right header in the template: the first segment's.</summary>
    public void Prepare(Span<byte> template, in Layer layer, int segmentLength)
    {
        Span<byte> header = template.Slice(layer.Offset, layer.HeaderLength);
        var length = (ushort)(segmentLength - layer.Offset);
        // What differs is taken out of the sum, not cleared before: a sum over bytes that were just stored one by one waits for the stores.
        _sum = InternetChecksum.Add(InternetChecksum.Sum(header), length);
        foreach (int field in (ReadOnlySpan<int>)[TotalLengthOffset, IdentificationOffset, IPv4Header.ChecksumOffset])
            _sum = InternetChecksum.Subtract(_sum, BinaryPrimitives.ReadUInt16BigEndian(header[field..]));
        IPv4Header.SetTotalLength(header, length);
        Write(template, 0);
    }

    /// <summary>Writes identification and checksum of segment <paramref name="index"/> into its headers.</summary>
    public readonly void Write(Span<byte> headers, int index) => Write(headers, headers.Length, index);

    /// <summary>Writes identification and checksum of segments in a row.</summary>
    /// <param name="headers">Their headers, copies of the template.</param>
    /// <param name="stride">Bytes from one segment's headers to the next's.</param>
    /// <param name="index">Number of the first of them.</param>
    public readonly void Write(Span<byte> headers, int stride, int index)
    {
        uint step = _step;
        uint identification = _identification + (step * (uint)index);
        uint sum = _sum;
        for (int at = _offset; at < headers.Length; at += stride)
        {
            Span<byte> header = headers.Slice(at, IPv4Header.MinimumSize);
            IPv4Header.SetIdentification(header, (ushort)identification);
            IPv4Header.SetChecksum(header, (ushort)~OnesComplementSum.Fold(sum + (ushort)identification));
            identification += step;
        }
    }
}
