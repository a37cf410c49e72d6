using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An ERSPAN header of type II or III, read in place (<c>struct erspan_base_hdr</c>, net/erspan.h).</summary>
/// <remarks>
/// draft-foschiano-erspan 4.2 and 4.3.
/// <code>
///   0      4          16    18   21         32
///   +------+----------+-----+----+----------+
/// 0 | ver  | VLAN     | COS |    | session  |
///   +------+----------+-----+----+----------+
/// 4 | type II: reserved, index              |
///   | type III: timestamp                   |
///   +---------------------------------------+
/// 8 | type III: SGT, P, frame type, ..., O  |
///   +---------------------------------------+
/// 12| type III with O: platform, 8 bytes    |
/// </code>
/// </remarks>
public readonly ref struct ErspanHeader
{
    /// <summary>Bytes of type II, the smaller one.</summary>
    public const int MinimumSize = 8;

    private const int TypeIISize = 8;
    private const int TypeIIISize = 12;
    private const int PlatformSize = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private ErspanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>1 for type II, 2 for type III (<c>ver</c>).</summary>
    public int Version => _bytes[0] >> 4;

    /// <summary>VLAN of the mirrored frame, 0 to 4095.</summary>
    public ushort VlanId => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) & 0x0FFF);

    /// <summary>Session, 0 to 1023.</summary>
    public ushort SessionId => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & 0x03FF);

    /// <summary>Bytes of the header: 8, 12 or 20.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>What was mirrored: 0 Ethernet, 2 IP.</summary>
    public int FrameType => Version == 2 ? (_bytes[10] >> 2) & 0x1F : 0;

    /// <summary>False when <paramref name="bytes"/> hold less than the header says, or another version.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out ErspanHeader header)
    {
        header = default;
        int length = LengthOf(bytes);
        if (length == 0 || length > bytes.Length)
            return false;
        header = new ErspanHeader(bytes[..length]);
        return true;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Erspan, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        bool isTypeIII = bytes[0] >> 4 == 2;
        if (isTypeIII && !cursor.TryPeek(LayerKind.Erspan, TypeIIISize, out bytes))
            return LayerKind.None;
        int length = LengthOf(bytes);
        if (length == 0)
            return cursor.Malformed(LayerKind.Erspan, HeaderField.Version);
        if (!cursor.Enter(LayerKind.Erspan, isTypeIII ? TypeIIISize : TypeIISize, length))
            return LayerKind.None;
        return new ErspanHeader(bytes).FrameType switch
        {
            0 => LayerKind.Ethernet,
            2 => cursor.IPVersion(),
            _ => LayerKind.Payload,
        };
    }

    /// <summary>0 when it cannot be known.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) => bytes.Length < MinimumSize ? 0 : (bytes[0] >> 4) switch
    {
        1 => TypeIISize,
        2 when bytes.Length >= TypeIIISize => (bytes[11] & 1) != 0 ? TypeIIISize + PlatformSize : TypeIIISize,
        _ => 0,
    };
}
