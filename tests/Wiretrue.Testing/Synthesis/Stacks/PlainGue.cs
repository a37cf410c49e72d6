using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>
/// A generic UDP encapsulation header of variant 0 (draft-ietf-intarea-gue 3.2), with Linux's remote checksum option in the private flags.
/// Variant 1 has no header: there, an IP header follows UDP's at once.
/// </summary>
/// <param name="HasRemoteChecksum">The innermost checksum is left to the receiver.</param>
public sealed record PlainGue(bool HasRemoteChecksum = false) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => HasRemoteChecksum ? 12 : 4;

    /// <inheritdoc/>
    public override ushort Port => 6080;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] header = new byte[Length];
        header[1] = place.Inside!.Protocol;
        if (HasRemoteChecksum)
        {
            header[0] = 2;
            header[3] = 1;
            header[4] = 0x80;
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(8), (ushort)place.ToTransport);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)(place.ToTransport + (place.Transport is PlainUdp ? 6 : 16)));
        }
        return Join(header, content);
    }
}
