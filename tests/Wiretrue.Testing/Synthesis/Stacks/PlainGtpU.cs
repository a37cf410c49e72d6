using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A GTP-U header of a user's packet (3GPP TS 29.281 5.1), without optional fields.</summary>
/// <param name="Tunnel">The tunnel endpoint's identifier.</param>
public sealed record PlainGtpU(uint Tunnel) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override ushort Port => 2152;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        Span<byte> header = [0x30, 0xFF, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], content.Length > ushort.MaxValue ? (ushort)0 : (ushort)content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], Tunnel);
        return Join(header, content);
    }
}
