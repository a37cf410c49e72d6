using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A TCP header with its options, read in place (<c>struct tcphdr</c>, linux/tcp.h).</summary>
/// <remarks>
/// RFC 9293 3.1.
/// <code>
///    0               16              31
///   +---------------+---------------+
/// 0 | source port   | destination   |
///   +---------------+---------------+
/// 4 | sequence number               |
///   +-------------------------------+
/// 8 | acknowledgment number         |
///   +----+---+------+---------------+
/// 12|off |   |flags | window        |
///   +----+---+------+---------------+
/// 16| checksum      | urgent        |
///   +---------------+---------------+
/// 20| options ...                   |
/// </code>
/// </remarks>
public readonly ref struct TcpHeader
{
    /// <summary>Bytes without options.</summary>
    public const int MinimumSize = 20;

    /// <summary>Bytes with all the options that fit.</summary>
    public const int MaximumSize = 60;

    /// <summary>Where the sequence number is (<c>seq</c>).</summary>
    public const int SequenceOffset = 4;

    /// <summary>Where the low eight flags are.</summary>
    public const int FlagsOffset = 13;

    /// <summary>Where the checksum is (<c>check</c>).</summary>
    public const int ChecksumOffset = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Source port (<c>source</c>).</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Destination port (<c>dest</c>).</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Sequence number of the first byte of content (<c>seq</c>).</summary>
    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[SequenceOffset..]);

    /// <summary>Acknowledgment number (<c>ack_seq</c>).</summary>
    public uint Acknowledgment => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Bytes of header and options: 20 to 60 (<c>doff</c> × 4).</summary>
    public int HeaderLength => (_bytes[12] >> 4) << 2;

    /// <summary>The flags, AE (once NS) included.</summary>
    public TcpFlags Flags => (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]) & 0x01FF);

    /// <summary>Window, not scaled (<c>window</c>).</summary>
    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>Checksum (<c>check</c>).</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumOffset..]);

    /// <summary>Urgent pointer (<c>urg_ptr</c>).</summary>
    public ushort UrgentPointer => BinaryPrimitives.ReadUInt16BigEndian(_bytes[18..]);

    /// <summary>The options, padding included; 0 to 40 bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinimumSize..];

    /// <summary>False when <paramref name="bytes"/> hold less than the header and its options, or the data offset is below 5.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out TcpHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize)
            return false;
        int length = (bytes[12] >> 4) << 2;
        if (length < MinimumSize || length > bytes.Length)
            return false;
        header = new TcpHeader(bytes[..length]);
        return true;
    }

    /// <summary>Writes the sequence number (<c>seq</c>) into <paramref name="header"/>.</summary>
    public static void SetSequence(Span<byte> header, uint value) => BinaryPrimitives.WriteUInt32BigEndian(header[SequenceOffset..], value);

    /// <summary>Writes the flags into <paramref name="header"/>; the data offset and reserved bits stay.</summary>
    public static void SetFlags(Span<byte> header, TcpFlags value)
    {
        header[12] = (byte)((header[12] & 0xFE) | ((ushort)value >> 8));
        header[FlagsOffset] = (byte)value;
    }

    /// <summary>Writes the checksum (<c>check</c>) into <paramref name="header"/>, as given.</summary>
    public static void SetChecksum(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Tcp, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        int length = (bytes[12] >> 4) << 2;
        if (length < MinimumSize)
        {
            cursor.Malformed(LayerKind.Tcp, HeaderField.HeaderLength, MinimumSize);
            cursor.Enter(LayerKind.Tcp, MinimumSize, MinimumSize);
            return LayerKind.None;
        }
        return cursor.Enter(LayerKind.Tcp, MinimumSize, length) ? LayerKind.Payload : LayerKind.None;
    }
}
