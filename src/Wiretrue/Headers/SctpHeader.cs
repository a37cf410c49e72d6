using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An SCTP common header, read in place (<c>struct sctphdr</c>, linux/sctp.h).</summary>
/// <remarks>
/// RFC 9260 3.1.
/// <code>
///   0             2             4                  8          12
///   +-------------+-------------+------------------+----------+
///   | source port | destination | verification tag | checksum |
///   +-------------+-------------+------------------+----------+
/// </code>
/// </remarks>
public readonly ref struct SctpHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 12;

    /// <summary>Where the checksum is (<c>checksum</c>), 4 bytes.</summary>
    public const int ChecksumOffset = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private SctpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Source port (<c>source</c>).</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Destination port (<c>dest</c>).</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Verification tag (<c>vtag</c>).</summary>
    public uint VerificationTag => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>CRC32c, which is kept <b>little-endian</b>: the only number here that is (RFC 9260 appendix A).</summary>
    public uint Checksum => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ChecksumOffset..]);

    /// <summary>Looks at <paramref name="bytes"/> as an SCTP header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out SctpHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new SctpHeader(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>Writes the CRC32c (<c>checksum</c>) into <paramref name="header"/>, little-endian.</summary>
    public static void SetChecksum(Span<byte> header, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumOffset..], value);

    internal static LayerKind Read(ref HeaderCursor cursor) =>
        cursor.TryPeek(LayerKind.Sctp, Size, out _) && cursor.Enter(LayerKind.Sctp, Size, Size) ? LayerKind.Payload : LayerKind.None;
}
