using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A VXLAN header (RFC 7348), with a group's policy and with remote checksum offload as Linux writes them.</summary>
/// <param name="Vni">The network's number, 24 bits.</param>
/// <param name="Group">The group-based policy's number; null without.</param>
/// <param name="HasRemoteChecksum">The innermost checksum is left to the receiver.</param>
public sealed record PlainVxlan(int Vni, ushort? Group = null, bool HasRemoteChecksum = false) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override ushort Port => 4789;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        uint flags = 0x08000000 | (Group is { } group ? 0x80000000 | group : 0);
        uint network = (uint)Vni << 8;
        if (HasRemoteChecksum)
        {
            // Where to begin, in units of two bytes, and one bit for where the field is: at 6 or at 16.
            flags |= 0x00200000;
            network |= (uint)(place.ToTransport / 2) | (place.Transport is PlainUdp ? 0x80u : 0);
        }
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(header, flags);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], network);
        return Join(header, content);
    }
}
