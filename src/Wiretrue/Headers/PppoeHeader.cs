using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A PPPoE session header with the PPP protocol after it, read in place (<c>struct pppoe_hdr</c>, linux/if_pppox.h).</summary>
/// <remarks>
/// RFC 2516 4, RFC 1661 2.
/// <code>
///   0          1      2         4        6          8
///   +-----+----+------+---------+--------+----------+
///   | ver |type| code | session | length | protocol |
///   +-----+----+------+---------+--------+----------+
///                                 from 6 on
/// </code>
/// </remarks>
public readonly ref struct PppoeHeader
{
    /// <summary>Bytes with the PPP protocol (<c>PPPOE_SES_HLEN</c>).</summary>
    public const int Size = 8;

    private const byte Version1Type1 = 0x11;

    /// <summary>What <see cref="Length"/> does not count.</summary>
    private const int Uncounted = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private PppoeHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Session (<c>sid</c>).</summary>
    public ushort SessionId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Bytes of PPP protocol and content (<c>length</c>).</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>PPP protocol: 0x0021 IPv4, 0x0057 IPv6, 0x0281 MPLS.</summary>
    public ushort Protocol => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>False when <paramref name="bytes"/> are fewer than <see cref="Size"/>, or not version 1, type 1, session data.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out PppoeHeader header)
    {
        bool fits = bytes.Length >= Size && bytes[0] == Version1Type1 && bytes[1] == 0;
        header = fits ? new PppoeHeader(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>Writes the length (<c>length</c>) into <paramref name="header"/>.</summary>
    public static void SetLength(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[4..], value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Pppoe, Size, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        if (!TryCreate(bytes, out PppoeHeader header))
            return cursor.Malformed(LayerKind.Pppoe, HeaderField.Version);
        if (!cursor.Enter(LayerKind.Pppoe, Size, Size, Uncounted + header.Length, LengthSource.PppoeLength))
            return LayerKind.None;
        return header.Protocol switch
        {
            0x0021 => LayerKind.IPv4,
            0x0057 => LayerKind.IPv6,
            0x0281 => LayerKind.Mpls,
            _ => LayerKind.Payload,
        };
    }
}
