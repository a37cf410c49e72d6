using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A VLAN tag (IEEE 802.1Q).</summary>
/// <param name="Tpid">What the header before it calls it: 0x8100 or 0x88A8.</param>
/// <param name="Tci">Priority, drop bit and number.</param>
public sealed record PlainVlan(ushort Tpid, ushort Tci) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 4;

    /// <inheritdoc/>
    public override ushort EtherType => Tpid;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        Span<byte> tag = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(tag, Tci);
        BinaryPrimitives.WriteUInt16BigEndian(tag[2..], place.Inside!.EtherType);
        return Join(tag, content);
    }
}
