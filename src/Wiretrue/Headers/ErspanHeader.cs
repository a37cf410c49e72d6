using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An ERSPAN header of type II or III, read in place (<c>struct erspan_base_hdr</c>, net/erspan.h).</summary>
/// <remarks>
/// draft-foschiano-erspan 4.2 and 4.3. Type I has no header at all: the frame follows GRE, which has no sequence number then.
/// <code>
///   0      4          16    19   21 22        32
///   +------+----------+-----+----+--+----------+
/// 0 | ver  | VLAN     | COS | En | T| session  |     En: type II <see cref="Tagging"/>, type III <see cref="FrameState"/>
///   +------+----------+-----+----+--+----------+
/// 4 | type II: reserved (12), index (20)       |
///   | type III: timestamp                      |
///   +-------------------+-+----+-----+-+---+---+
/// 8 | type III: SGT     |P| FT | hw  |D|gra| O |
///   +-------------------+-+----+-----+-+---+---+
/// 12| type III with O: platform, 8 bytes       |
/// </code>
/// </remarks>
public readonly ref struct ErspanHeader
{
    /// <summary>Bytes of type II, the smaller one.</summary>
    public const int MinimumSize = 8;

    internal const int TypeIISize = 8;
    internal const int TypeIIISize = 12;
    internal const int PlatformSize = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private ErspanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>1 for type II, 2 for type III (<c>ver</c>).</summary>
    public int Version => _bytes[0] >> 4;

    /// <summary>VLAN of the mirrored frame, 0 to 4095.</summary>
    public ushort VlanId => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) & 0x0FFF);

    /// <summary>Class of service of the mirrored frame, 0 to 7 (<c>cos</c>).</summary>
    public byte ClassOfService => (byte)(_bytes[2] >> 5);

    /// <summary>Type II: where the mirrored frame's VLAN tag is (<c>en</c>).</summary>
    public ErspanTagging Tagging => Version == 1 ? (ErspanTagging)((_bytes[2] >> 3) & 3) : ErspanTagging.Untagged;

    /// <summary>Type III: whether the mirrored frame was a good one (<c>bso</c>).</summary>
    public ErspanFrameState FrameState => IsTypeIII ? (ErspanFrameState)((_bytes[2] >> 3) & 3) : ErspanFrameState.Good;

    /// <summary>The frame's end was cut off, to fit into the path (<c>t</c>).</summary>
    public bool IsTruncated => (_bytes[2] & 4) != 0;

    /// <summary>Session, 0 to 1023.</summary>
    public ushort SessionId => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & 0x03FF);

    /// <summary>Type II: the port that was mirrored, 20 bits (<c>index</c>).</summary>
    public int Index => Version == 1 ? BinaryPrimitives.ReadInt32BigEndian(_bytes[4..]) & 0xFFFFF : 0;

    /// <summary>Type III: when the frame was mirrored, in units of <see cref="Granularity"/>.</summary>
    public uint Timestamp => IsTypeIII ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) : 0;

    /// <summary>Type III: security group tag (<c>sgt</c>).</summary>
    public ushort SecurityGroupTag => IsTypeIII ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]) : (ushort)0;

    /// <summary>Type III: an Ethernet frame was mirrored, not what a port carried without one (<c>p</c>).</summary>
    public bool IsEthernetProtocol => IsTypeIII && (_bytes[10] & 0x80) != 0;

    /// <summary>What was mirrored: 0 Ethernet, 2 IP (<c>ft</c>).</summary>
    public int FrameType => IsTypeIII ? (_bytes[10] >> 2) & 0x1F : 0;

    /// <summary>Type III: the engine that mirrored it, 0 to 63 (<c>hwid</c>).</summary>
    public byte HardwareId => IsTypeIII ? (byte)((BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]) >> 4) & 0x3F) : (byte)0;

    /// <summary>Type III: the frame left by the mirrored port; else it came in (<c>dir</c>).</summary>
    public bool IsEgress => IsTypeIII && (_bytes[11] & 8) != 0;

    /// <summary>Type III: the unit of the timestamp (<c>gra</c>): 0 is 100 microseconds, 1 is 100 nanoseconds, 2 is IEEE 1588's.</summary>
    public byte Granularity => IsTypeIII ? (byte)((_bytes[11] >> 1) & 3) : (byte)0;

    /// <summary>Type III: eight more bytes follow (<c>o</c>).</summary>
    public bool HasPlatform => _bytes.Length > TypeIIISize;

    /// <summary>Those bytes as one number, of which the six high bits say whose they are; 0 without.</summary>
    public ulong Platform => HasPlatform ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[TypeIIISize..]) : 0;

    /// <summary>Bytes of the header: 8, 12 or 20.</summary>
    public int HeaderLength => _bytes.Length;

    private bool IsTypeIII => Version == 2;

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
