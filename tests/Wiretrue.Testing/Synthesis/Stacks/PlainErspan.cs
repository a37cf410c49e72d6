using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>An ERSPAN header of type II, or of type III without what belongs to a platform (draft-foschiano-erspan 4.2, 4.3).</summary>
/// <param name="SessionId">Session, 10 bits.</param>
/// <param name="VlanId">VLAN, 12 bits.</param>
/// <param name="Flags">COS, En or BSO, and T: the upper six bits of the third and fourth byte.</param>
/// <param name="Word">Type II: the index; type III: the timestamp.</param>
/// <param name="Last">Type III: its last four bytes; null in type II.</param>
public sealed record PlainErspan(ushort SessionId, ushort VlanId = 0, ushort Flags = 0, uint Word = 0, uint? Last = null) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => Last is null ? 8 : 12;

    /// <inheritdoc/>
    public override ushort EtherType => Last is null ? (ushort)0x88BE : (ushort)0x22EB;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] erspan = Join(new byte[Length], content);
        BinaryPrimitives.WriteUInt16BigEndian(erspan, (ushort)((Last is null ? 0x1000 : 0x2000) | VlanId));
        BinaryPrimitives.WriteUInt16BigEndian(erspan.AsSpan(2), (ushort)(Flags | SessionId));
        BinaryPrimitives.WriteUInt32BigEndian(erspan.AsSpan(4), Word);
        if (Last is { } last)
            BinaryPrimitives.WriteUInt32BigEndian(erspan.AsSpan(8), last);
        return erspan;
    }
}
