using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An Ethernet header, read in place (<c>struct ethhdr</c>, linux/if_ether.h).</summary>
/// <remarks>
/// IEEE 802.3 3.2.
/// <code>
///   0            6            12     14
///   +------------+------------+------+
///   | destination| source     | type |
///   +------------+------------+------+
/// </code>
/// </remarks>
public readonly ref struct EthernetHeader
{
    /// <summary>Bytes of the header (<c>ETH_HLEN</c>).</summary>
    public const int Size = 14;

    /// <summary>Bytes of an address (<c>ETH_ALEN</c>).</summary>
    public const int AddressSize = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private EthernetHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Destination address (<c>h_dest</c>), 6 bytes.</summary>
    public ReadOnlySpan<byte> Destination => _bytes[..AddressSize];

    /// <summary>Source address (<c>h_source</c>), 6 bytes.</summary>
    public ReadOnlySpan<byte> Source => _bytes.Slice(AddressSize, AddressSize);

    /// <summary>What follows (<c>h_proto</c>); below <see cref="EtherType.FirstType"/> it is an 802.3 length.</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>Looks at <paramref name="bytes"/> as an Ethernet header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out EthernetHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new EthernetHeader(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>Writes what follows (<c>h_proto</c>) into <paramref name="header"/>.</summary>
    public static void SetEtherType(Span<byte> header, EtherType value) => BinaryPrimitives.WriteUInt16BigEndian(header[12..], (ushort)value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Ethernet, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.Ethernet, Size, Size))
            return LayerKind.None;
        return EtherTypeDispatch.Next(ref cursor, LayerKind.Ethernet, new EthernetHeader(bytes).EtherType);
    }
}
