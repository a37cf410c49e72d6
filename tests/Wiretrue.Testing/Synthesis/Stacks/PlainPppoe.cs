using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A PPPoE session header and the PPP protocol after it (RFC 2516 4); its length counts the latter and what follows.</summary>
/// <param name="Session">The session's number.</param>
public sealed record PlainPppoe(ushort Session) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override ushort EtherType => 0x8864;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        Span<byte> header = [0x11, 0, 0, 0, 0, 0, 0, place.Inside!.EtherType == 0x86DD ? (byte)0x57 : (byte)0x21];
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], Session);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(content.Length + 2));
        return Join(header, content);
    }
}
