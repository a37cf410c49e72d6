namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A VXLAN header that names what follows (draft-ietf-nvo3-vxlan-gpe 3).</summary>
/// <param name="Vni">The network's number, 24 bits.</param>
public sealed record PlainVxlanGpe(int Vni) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override ushort Port => 4790;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place) =>
        Join([0x0C, 0, 0, place.Inside!.NextProtocol, (byte)(Vni >> 16), (byte)(Vni >> 8), (byte)Vni, 0], content);
}
