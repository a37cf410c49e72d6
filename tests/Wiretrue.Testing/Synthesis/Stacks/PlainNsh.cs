using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A network service header of metadata type 1 or 2 (RFC 8300 2).</summary>
/// <param name="Path">Service path, 24 bits, and index.</param>
/// <param name="Metadata">Type 2's context, a multiple of 4 bytes; null for type 1, which has 16 bytes.</param>
public sealed record PlainNsh(uint Path, byte[]? Metadata = null) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8 + (Metadata?.Length ?? 16);

    /// <inheritdoc/>
    public override ushort EtherType => 0x894F;

    /// <inheritdoc/>
    public override byte NextProtocol => 4;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] header = new byte[Length];
        // The time to live is 63; the length counts words of four bytes.
        header[0] = 63 >> 2;
        header[1] = (byte)(((63 & 3) << 6) | (Length / 4));
        header[2] = Metadata is null ? (byte)1 : (byte)2;
        header[3] = place.Inside!.NextProtocol;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Path);
        Metadata?.CopyTo(header, 8);
        return Join(header, content);
    }
}
