using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>802.2 LLC with the subnetwork access protocol, read in place.</summary>
/// <remarks>
/// RFC 1042.
/// <code>
///   0      1      2      3            6      8
///   +------+------+------+------------+------+
///   | 0xAA | 0xAA | 0x03 | OUI        | type |
///   +------+------+------+------------+------+
/// </code>
/// </remarks>
public readonly ref struct SnapHeader
{
    /// <summary>Bytes of LLC and SNAP together.</summary>
    public const int Size = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private SnapHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Organisation code, 24 bits; 0 and 0x0000F8 (bridged) mean that <see cref="EtherType"/> is one.</summary>
    public int OrganizationCode => (_bytes[3] << 16) | (_bytes[4] << 8) | _bytes[5];

    /// <summary>The protocol: an EtherType when <see cref="HasEtherType"/>.</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>True when the organisation lets the protocol be an EtherType.</summary>
    public bool HasEtherType => OrganizationCode is 0 or 0x0000F8;

    /// <summary>False when <paramref name="bytes"/> are fewer than <see cref="Size"/>, or another LLC service.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out SnapHeader header)
    {
        bool fits = bytes.Length >= Size && bytes[0] == 0xAA && bytes[1] == 0xAA && bytes[2] == 0x03;
        header = fits ? new SnapHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!TryCreate(cursor.Rest, out SnapHeader header) || !cursor.Enter(LayerKind.Snap, Size, Size))
            return LayerKind.None;
        return header.HasEtherType ? EtherTypeDispatch.Next(header.EtherType) : LayerKind.Payload;
    }
}
