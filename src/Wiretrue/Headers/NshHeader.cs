using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A network service header with its context, read in place (<c>struct nshhdr</c>, net/nsh.h).</summary>
/// <remarks>
/// RFC 8300 2.
/// <code>
///   0   2 3 4        10       16       20       24              31
///   +---+-+-+--------+--------+--------+--------+---------------+
/// 0 |ver|O|U| TTL    | length |U|U|U|U |MD type | next protocol |
///   +---+-+-+--------+--------+--------+--------+---------------+
/// 4 | service path identifier                   | service index |
///   +-------------------------------------------+---------------+
/// 8 | context: 16 bytes in MD type 1, any number of words in MD type 2
/// </code>
/// The length counts the whole header in words.
/// </remarks>
public readonly ref struct NshHeader
{
    /// <summary>Bytes without context (<c>NSH_BASE_HDR_LEN</c>).</summary>
    public const int MinimumSize = 8;

    /// <summary>Bytes with the context of MD type 1 (<c>NSH_M_TYPE1_LEN</c>).</summary>
    public const int Type1Size = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    private NshHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes of header and context: 8 to 252.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>A packet of operations and maintenance, not a user's.</summary>
    public bool IsControl => (_bytes[0] & 0x20) != 0;

    /// <summary>Time to live, 0 to 63.</summary>
    public byte TimeToLive => (byte)((BinaryPrimitives.ReadUInt16BigEndian(_bytes) >> 6) & 0x3F);

    /// <summary>What kind of context there is (<c>mdtype</c>): 1 fixed, 2 variable.</summary>
    public byte MetadataType => (byte)(_bytes[2] & 0x0F);

    /// <summary>What follows (<c>np</c>): 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH, 5 MPLS.</summary>
    public byte NextProtocol => _bytes[3];

    /// <summary>Service path identifier, 24 bits.</summary>
    public int ServicePath => (_bytes[4] << 16) | (_bytes[5] << 8) | _bytes[6];

    /// <summary>Service index.</summary>
    public byte ServiceIndex => _bytes[7];

    /// <summary>The context, 0 to 244 bytes.</summary>
    public ReadOnlySpan<byte> Context => _bytes[MinimumSize..];

    /// <summary>False when <paramref name="bytes"/> hold less than the header says, another version, or a length that its MD type never has.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out NshHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize || !IsPossible(bytes) || LengthOf(bytes) > bytes.Length)
            return false;
        header = new NshHeader(bytes[..LengthOf(bytes)]);
        return true;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Nsh, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        if ((bytes[0] >> 6) != 0)
            return cursor.Malformed(LayerKind.Nsh, HeaderField.Version);
        if (!IsPossible(bytes))
            return cursor.Malformed(LayerKind.Nsh, HeaderField.HeaderLength, MinimumSize);
        if (!cursor.Enter(LayerKind.Nsh, MinimumSize, LengthOf(bytes)))
            return LayerKind.None;
        return TunnelProtocolDispatch.Next(new NshHeader(bytes).NextProtocol);
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => (bytes[1] & 0x3F) << 2;

    private static bool IsPossible(ReadOnlySpan<byte> bytes) =>
        (bytes[0] >> 6) == 0 && LengthOf(bytes) >= MinimumSize && ((bytes[2] & 0x0F) != 1 || LengthOf(bytes) == Type1Size);
}
