using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>The part of an encapsulating security payload that is never encrypted, read in place (<c>struct ip_esp_hdr</c>, linux/ip.h).</summary>
/// <remarks>
/// RFC 4303 2. What follows can be read only by who has the key, so a walk ends here.
/// <code>
///   0                           4                 8
///   +---------------------------+-----------------+---- - -        ---- - -+-----+------------+-------------+-----
///   | security parameters index | sequence number | IV, payload            | pad | pad length | next header | ICV
///   +---------------------------+-----------------+---- - -        ---- - -+-----+------------+-------------+-----
/// </code>
/// </remarks>
public readonly ref struct EspHeader
{
    /// <summary>Bytes of the header, without the initialization vector.</summary>
    public const int Size = 8;

    /// <summary>Where the sequence number is (<c>seq_no</c>).</summary>
    public const int SequenceOffset = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private EspHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Security parameters index (<c>spi</c>).</summary>
    public uint SecurityParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(_bytes);

    /// <summary>Sequence number (<c>seq_no</c>); the lower half of it, with extended ones (RFC 4303 2.2.1).</summary>
    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[SequenceOffset..]);

    /// <summary>Looks at <paramref name="bytes"/> as an ESP header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out EspHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new EspHeader(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>Writes the sequence number (<c>seq_no</c>) into <paramref name="header"/>.</summary>
    public static void SetSequence(Span<byte> header, uint value) => BinaryPrimitives.WriteUInt32BigEndian(header[SequenceOffset..], value);
}
