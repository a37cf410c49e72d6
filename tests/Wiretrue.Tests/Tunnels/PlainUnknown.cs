using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Bytes of a protocol for experiments (RFC 9542 9.1).</summary>
/// <param name="Bytes">Any.</param>
internal sealed record PlainUnknown(byte[] Bytes) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => Bytes.Length;

    /// <inheritdoc/>
    public override ushort EtherType => 0x88B5;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place) => Join(Bytes, content);
}
