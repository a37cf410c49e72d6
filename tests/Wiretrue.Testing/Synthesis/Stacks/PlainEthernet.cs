using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>An Ethernet header (IEEE 802.3) with the built frames' addresses.</summary>
public sealed record PlainEthernet : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 14;

    /// <summary>Transparent Ethernet bridging, as GRE and Geneve say.</summary>
    public override ushort EtherType => 0x6558;

    /// <inheritdoc/>
    public override byte NextProtocol => 3;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] header = [.. Frames.Addresses, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12), place.Inside!.EtherType);
        return Join(header, content);
    }
}
