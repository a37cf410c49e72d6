using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An authentication header, read in place (<c>struct ip_auth_hdr</c>, linux/ip.h).</summary>
/// <remarks>
/// RFC 4302 2.
/// <code>
///   0       1       2          4      8           12
///   +-------+-------+----------+------+-----------+---- - -
///   | next  | len   | reserved | SPI  | sequence  | ICV
///   +-------+-------+----------+------+-----------+---- - -
///             4-byte units, less 2
/// </code>
/// </remarks>
public readonly ref struct AuthenticationHeader
{
    /// <summary>Bytes without the integrity check value.</summary>
    public const int MinimumSize = 12;

    private readonly ReadOnlySpan<byte> _bytes;

    private AuthenticationHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What follows (<c>nexthdr</c>).</summary>
    public IPProtocol NextHeader => (IPProtocol)_bytes[0];

    /// <summary>Bytes of the header, the check value included: 12 to 1028.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>Security parameters index (<c>spi</c>).</summary>
    public uint SecurityParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Sequence number (<c>seq_no</c>).</summary>
    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>False when <paramref name="bytes"/> hold less than the header says, or it says less than its fixed part.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out AuthenticationHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize)
            return false;
        int length = (bytes[1] + 2) << 2;
        if (length < MinimumSize || length > bytes.Length)
            return false;
        header = new AuthenticationHeader(bytes[..length]);
        return true;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.AuthenticationHeader, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        int length = (bytes[1] + 2) << 2;
        if (length < MinimumSize)
            return cursor.Malformed(LayerKind.AuthenticationHeader, HeaderField.HeaderLength, MinimumSize);
        return cursor.Enter(LayerKind.AuthenticationHeader, MinimumSize, length)
            ? IPProtocolDispatch.Next((IPProtocol)bytes[0], cursor.InIPv6)
            : LayerKind.None;
    }
}
