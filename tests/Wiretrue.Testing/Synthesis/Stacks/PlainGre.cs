using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A GRE header (RFC 2784, RFC 2890). As in Linux, a super-frame's checksum field is zero.</summary>
/// <param name="HasChecksum">It has a checksum over itself and all that follows.</param>
/// <param name="Key">Its key.</param>
/// <param name="Sequence">Its sequence number.</param>
public sealed record PlainGre(bool HasChecksum = false, uint? Key = null, uint? Sequence = null) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 4 + (HasChecksum ? 4 : 0) + (Key is null ? 0 : 4) + (Sequence is null ? 0 : 4);

    /// <inheritdoc/>
    public override byte Protocol => 47;

    /// <summary>GRE in FOU, which has no port of its own: the tests' is named after the protocol.</summary>
    public override ushort Port => (ushort)(5500 + Protocol);

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] gre = Join(new byte[Length], content);
        gre[0] = (byte)((HasChecksum ? 0x80 : 0) | (Key is null ? 0 : 0x20) | (Sequence is null ? 0 : 0x10));
        BinaryPrimitives.WriteUInt16BigEndian(gre.AsSpan(2), place.Inside!.EtherType);
        int next = HasChecksum ? 8 : 4;
        if (Key is { } key)
        {
            BinaryPrimitives.WriteUInt32BigEndian(gre.AsSpan(next), key);
            next += 4;
        }
        if (Sequence is { } sequence)
            BinaryPrimitives.WriteUInt32BigEndian(gre.AsSpan(next), sequence);
        if (HasChecksum && place.Segment is not null)
            BinaryPrimitives.WriteUInt16BigEndian(gre.AsSpan(4), PlainSum.Checksum(gre));
        return gre;
    }
}
