using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>An MPLS label (RFC 3032); the last before another protocol has the bottom-of-stack bit.</summary>
/// <param name="Label">20 bits.</param>
/// <param name="TimeToLive">Its own time to live.</param>
public sealed record PlainMpls(int Label, byte TimeToLive = 64) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 4;

    /// <inheritdoc/>
    public override ushort EtherType => 0x8847;

    /// <inheritdoc/>
    public override byte Protocol => 137;

    /// <inheritdoc/>
    public override byte NextProtocol => 5;

    /// <summary>MPLS in UDP (RFC 7510).</summary>
    public override ushort Port => 6635;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        uint bottom = place.Inside is PlainMpls ? 0u : 0x100;
        Span<byte> label = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(label, ((uint)Label << 12) | bottom | TimeToLive);
        return Join(label, content);
    }
}
