using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Packets;

/// <remarks>
/// A VLAN tag stands in the bytes, or outside of them in <see cref="OffloadState.VlanProtocol"/> and <see cref="OffloadState.VlanTci"/>;
/// the outermost one alone may stand outside. IEEE 802.1Q 9.4.
/// <code>
///   0         6         12       14
///   +---------+---------+--------+--------
///   | to      | from    | type   | ...                     outside: 0x8100, TCI
///   +---------+---------+--------+--------
///   +---------+---------+--------+-----+--------+--------
///   | to      | from    | 0x8100 | TCI | type   | ...      in the bytes
///   +---------+---------+--------+-----+--------+--------
/// </code>
/// </remarks>
public sealed partial class Packet
{
    private const int AddressesLength = 12;

    /// <summary>
    /// Writes a tag that stands outside into the bytes (<c>__vlan_hwaccel_push_inside</c>); the headers are copied first where they are
    /// shared or have no room before them. Without such a tag nothing is done.
    /// </summary>
    /// <returns>False when this is no Ethernet frame with both addresses and a type: nothing is changed then.</returns>
    public bool InsertVlanTag()
    {
        if (!_offload.HasVlanTag)
            return true;
        if (LinkType != LinkType.Ethernet || !EnsureWritable(EthernetHeader.Size, VlanHeader.Size))
            return false;
        // The sum of a receiver who began before the tag's place would have to count it.
        if (_offload.ChecksumStart < AddressesLength)
            ForgetCompleteSum();
        Push(VlanHeader.Size);
        Linear.Slice(VlanHeader.Size, AddressesLength).CopyTo(Linear);
        BinaryPrimitives.WriteUInt16BigEndian(Linear[AddressesLength..], _offload.VlanProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(Linear[(AddressesLength + sizeof(ushort))..], _offload.VlanTci);
        _offload = _offload with { VlanProtocol = 0, VlanTci = 0 };
        return true;
    }

    /// <summary>
    /// Takes the outermost tag out of the bytes, as is done with what is received (<c>skb_vlan_untag</c>). With a tag outside already, or
    /// none in the bytes, nothing is done.
    /// </summary>
    public void ExtractVlanTag()
    {
        const int TagEnd = EthernetHeader.Size + VlanHeader.Size;
        if (_offload.HasVlanTag || LinkType != LinkType.Ethernet || !EnsureLinear(TagEnd))
            return;
        ushort protocol = BinaryPrimitives.ReadUInt16BigEndian(Linear[AddressesLength..]);
        if ((EtherType)protocol is not (EtherType.Vlan or EtherType.ServiceVlan))
            return;
        EnsureWritable(TagEnd);
        ushort tci = BinaryPrimitives.ReadUInt16BigEndian(Linear[EthernetHeader.Size..]);
        Span<byte> addresses = stackalloc byte[AddressesLength];
        Linear[..AddressesLength].CopyTo(addresses);
        // Down to what follows the tag and back, so that a receiver's sum loses the tag, as its bytes were, and nothing else.
        Pull(TagEnd);
        addresses.CopyTo(Push(EthernetHeader.Size));
        _offload = _offload with { VlanProtocol = protocol, VlanTci = tci };
    }

    /// <summary>Puts a tag around the packet, outside of its bytes; one that stood there goes into them (<c>skb_vlan_push</c>).</summary>
    /// <param name="protocol">0x8100 or 0x88A8.</param>
    /// <param name="tci">Priority, drop bit and VLAN number.</param>
    /// <returns>False when there is no place for the one that stood outside: nothing is changed then.</returns>
    public bool PushVlanTag(ushort protocol, ushort tci)
    {
        if ((EtherType)protocol is not (EtherType.Vlan or EtherType.ServiceVlan))
            Throw.ArgumentOutOfRange(nameof(protocol), protocol, "A VLAN tag's EtherType is 0x8100 or 0x88A8.");
        if (!InsertVlanTag())
            return false;
        _offload = _offload with { VlanProtocol = protocol, VlanTci = tci };
        return true;
    }

    /// <summary>
    /// Takes the outermost tag away, wherever it stands; the next one in the bytes stands outside then (<c>skb_vlan_pop</c>).
    /// </summary>
    public void PopVlanTag()
    {
        ExtractVlanTag();
        _offload = _offload with { VlanProtocol = 0, VlanTci = 0 };
        ExtractVlanTag();
    }

    /// <summary>
    /// How many tags there are, the one outside included (<c>skb_vlan_tagged</c>, <c>skb_vlan_tagged_multi</c>). The packet was walked. The
    /// tags of before 802.1ad (0x9100) are walked over, but to Linux they are none, and neither is what stands behind one.
    /// </summary>
    internal int CountVlanTags() => (_offload.HasVlanTag ? 1 : 0) + CountVlanTagsInBytes();

    /// <summary>As <see cref="CountVlanTags"/>, without the one outside.</summary>
    internal int CountVlanTagsInBytes()
    {
        int tags = 0;
        for (int i = 1; i < _layout.Count && _layout[i].Kind == LayerKind.Vlan; i++)
        {
            // Cooked headers have their type in other places, and no tag of before 802.1ad was ever seen there.
            bool hasTypeBefore = _layout[i - 1].Kind is LayerKind.Ethernet or LayerKind.Vlan;
            int type = _layout[i].Offset - sizeof(ushort);
            if (hasTypeBefore && BinaryPrimitives.ReadUInt16BigEndian(Linear[type..]) == (ushort)EtherType.LegacyQinQ)
                break;
            tags++;
        }
        return tags;
    }
}
