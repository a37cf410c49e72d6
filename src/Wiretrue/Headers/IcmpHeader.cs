using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>What all ICMP and ICMPv6 messages begin with, read in place (<c>struct icmphdr</c>, linux/icmp.h; <c>struct icmp6hdr</c>).</summary>
/// <remarks>
/// RFC 792, RFC 4443 2.1. ICMPv6 counts a pseudo-header in, ICMP does not.
/// <code>
///   0      1      2          4
///   +------+------+----------+------ - -
///   | type | code | checksum | message
///   +------+------+----------+------ - -
/// </code>
/// </remarks>
public readonly ref struct IcmpHeader
{
    /// <summary>Bytes that all messages share.</summary>
    public const int Size = 4;

    /// <summary>Where the checksum is (<c>checksum</c>).</summary>
    public const int ChecksumOffset = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Type (<c>type</c>).</summary>
    public byte Type => _bytes[0];

    /// <summary>Code (<c>code</c>).</summary>
    public byte Code => _bytes[1];

    /// <summary>Checksum (<c>checksum</c>).</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumOffset..]);

    /// <summary>Looks at <paramref name="bytes"/> as an ICMP header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out IcmpHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new IcmpHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor, LayerKind kind) =>
        cursor.TryPeek(kind, Size, out _) && cursor.Enter(kind, Size, Size) ? LayerKind.Payload : LayerKind.None;
}
