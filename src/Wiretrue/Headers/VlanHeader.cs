using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>One VLAN tag after its TPID, read in place (<c>struct vlan_hdr</c>, linux/if_vlan.h).</summary>
/// <remarks>
/// IEEE 802.1Q 9.6. The TPID is the type field of the header before.
/// <code>
///   0                  2      4
///   +-----+---+--------+------+
///   | PCP |DEI| VID    | type |
///   +-----+---+--------+------+
///      3    1    12       16  bits
/// </code>
/// </remarks>
public readonly ref struct VlanHeader
{
    /// <summary>Bytes of the header (<c>VLAN_HLEN</c>).</summary>
    public const int Size = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private VlanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Priority, drop eligibility and VLAN together (<c>h_vlan_TCI</c>).</summary>
    public ushort ControlInformation => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The VLAN's number, 0 to 4095; 0 means priority only (<c>VLAN_VID_MASK</c>).</summary>
    public ushort VlanId => (ushort)(ControlInformation & 0x0FFF);

    /// <summary>Priority code point, 0 to 7.</summary>
    public byte Priority => (byte)(ControlInformation >> 13);

    /// <summary>Drop eligible indicator, once the canonical format indicator (<c>VLAN_CFI_MASK</c>).</summary>
    public bool IsDropEligible => (ControlInformation & 0x1000) != 0;

    /// <summary>What follows (<c>h_vlan_encapsulated_proto</c>).</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Looks at <paramref name="bytes"/> as a tag; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out VlanHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new VlanHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Vlan, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.Vlan, Size, Size))
            return LayerKind.None;
        return EtherTypeDispatch.Next(ref cursor, LayerKind.Vlan, new VlanHeader(bytes).EtherType);
    }
}
