using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A UDP-Lite header, read in place (<c>struct udphdr</c>, linux/udp.h, with the length's place used for the coverage).</summary>
/// <remarks>
/// RFC 3828 3.1.
/// <code>
///   0             2             4          6          8
///   +-------------+-------------+----------+----------+
///   | source port | destination | coverage | checksum |
///   +-------------+-------------+----------+----------+
/// </code>
/// </remarks>
public readonly ref struct UdpLiteHeader
{
    /// <summary>Bytes of the header, and the least coverage that is legal.</summary>
    public const int Size = 8;

    /// <summary>Where the checksum is (<c>check</c>).</summary>
    public const int ChecksumOffset = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpLiteHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Source port (<c>source</c>).</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Destination port (<c>dest</c>).</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Bytes that the checksum covers, from the header's first; 0 means all, 1 to 7 are illegal.</summary>
    public ushort Coverage => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Checksum (<c>check</c>); 0 is illegal.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumOffset..]);

    /// <summary>Looks at <paramref name="bytes"/> as a UDP-Lite header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out UdpLiteHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new UdpLiteHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor) =>
        cursor.TryPeek(LayerKind.UdpLite, Size, out _) && cursor.Enter(LayerKind.UdpLite, Size, Size) ? LayerKind.Payload : LayerKind.None;
}
