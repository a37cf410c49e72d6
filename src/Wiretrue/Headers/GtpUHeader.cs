using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A GTP-U header that carries a user's packet, with its extension headers, read in place (<c>struct gtp1_header</c>, net/gtp.h).</summary>
/// <remarks>
/// 3GPP TS 29.281 5.1 and 5.2.
/// <code>
///   0        1      2        4      8          10     11     12
///   +--------+------+--------+------+----------+------+------+----- - -
///   | flags  | type | length | TEID | sequence | NPDU | next | extensions
///   +--------+------+--------+------+----------+------+------+----- - -
///                     from 8 on      only with one of E, S, PN
/// </code>
/// </remarks>
public readonly ref struct GtpUHeader
{
    /// <summary>Bytes without optional fields.</summary>
    public const int MinimumSize = 8;

    /// <summary>More extensions than any node writes; a bound on the work that a packet can ask for.</summary>
    private const int MaximumSize = 1024;

    private const int OptionalSize = 12;
    private const byte VersionAndType = 0xF0;
    private const byte Version1 = 0x30;
    private const byte Optional = 0x07;
    private const byte Extension = 0x04;
    private const byte UserPacket = 255;

    private readonly ReadOnlySpan<byte> _bytes;

    private GtpUHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes after the first 8: optional fields, extensions and the user's packet (<c>length</c>).</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Tunnel endpoint identifier (<c>tid</c>).</summary>
    public uint TunnelEndpoint => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Bytes of the header with optional fields and extensions: a multiple of 4.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>False when <paramref name="bytes"/> hold less than the header says, or another version, or a message of the protocol's own.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out GtpUHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize || (bytes[0] & VersionAndType) != Version1 || bytes[1] != UserPacket)
            return false;
        int length = LengthOf(bytes);
        if (length == 0 || length > MinimumSize + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))
            return false;
        header = new GtpUHeader(bytes[..length]);
        return true;
    }

    /// <summary>Writes the length (<c>length</c>) into <paramref name="header"/>.</summary>
    public static void SetLength(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[2..], value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!TryCreate(cursor.Rest, out GtpUHeader header))
            return cursor.Unrecognized();
        int length = header.HeaderLength;
        return cursor.Enter(LayerKind.GtpU, length, length, MinimumSize + header.Length, LengthSource.GtpULength)
            ? cursor.IPVersion()
            : LayerKind.None;
    }

    /// <summary>Follows the extension headers; 0 when they do not end within <paramref name="bytes"/>, or never.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if ((bytes[0] & Optional) == 0)
            return MinimumSize;
        if (bytes.Length < OptionalSize)
            return 0;
        int length = OptionalSize;
        int next = (bytes[0] & Extension) != 0 ? bytes[OptionalSize - 1] : 0;
        while (next != 0)
        {
            // Each begins with its length in 4-byte units and ends with the type of the next.
            if (length >= bytes.Length)
                return 0;
            int size = bytes[length] << 2;
            if (size == 0 || size > Math.Min(bytes.Length, MaximumSize) - length)
                return 0;
            length += size;
            next = bytes[length - 1];
        }
        return length;
    }
}
