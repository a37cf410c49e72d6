using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A Geneve header with its options, read in place (<c>struct genevehdr</c>, net/geneve.h).</summary>
/// <remarks>
/// RFC 8926 3.4.
/// <code>
///   0       2          8 9                16               32
///   +-------+----------+-+-+--------------+----------------+
/// 0 |version| opt len  |O|C| reserved     | protocol       |
///   +-------+----------+-+-+--------------+-----+----------+
/// 4 | VNI                                       | reserved |
///   +-------------------------------------------+----------+
/// 8 | options, opt len × 4 bytes                           |
/// </code>
/// </remarks>
public readonly ref struct GeneveHeader
{
    /// <summary>Bytes without options (<c>GENEVE_BASE_HLEN</c> less UDP).</summary>
    public const int MinimumSize = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private GeneveHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes of header and options: 8 to 260.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>A control packet (<c>oam</c>): its content is not a guest's.</summary>
    public bool IsControl => (_bytes[1] & 0x80) != 0;

    /// <summary>An option must be understood by the receiver (<c>critical</c>).</summary>
    public bool HasCriticalOptions => (_bytes[1] & 0x40) != 0;

    /// <summary>What follows (<c>proto_type</c>).</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Network identifier, 24 bits (<c>vni</c>).</summary>
    public int NetworkIdentifier => (_bytes[4] << 16) | (_bytes[5] << 8) | _bytes[6];

    /// <summary>The options.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinimumSize..];

    /// <summary>False when <paramref name="bytes"/> hold less than the header says, or a reserved bit is set.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out GeneveHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize || (bytes[0] >> 6) != 0 || (bytes[1] & 0x3F) != 0 || bytes[7] != 0)
            return false;
        int length = LengthOf(bytes);
        if (length > bytes.Length)
            return false;
        header = new GeneveHeader(bytes[..length]);
        return true;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Geneve, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        return cursor.Enter(LayerKind.Geneve, MinimumSize, LengthOf(bytes))
            ? EtherTypeDispatch.Next(new GeneveHeader(bytes).EtherType)
            : LayerKind.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => MinimumSize + ((bytes[0] & 0x3F) << 2);
}
