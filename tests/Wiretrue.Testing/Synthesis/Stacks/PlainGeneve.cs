namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A Geneve header (RFC 8926 3.4).</summary>
/// <param name="Vni">The network's number, 24 bits.</param>
/// <param name="Options">Its options, whole; a multiple of 4 bytes, at most 252.</param>
public sealed record PlainGeneve(int Vni, byte[] Options) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8 + Options.Length;

    /// <inheritdoc/>
    public override ushort Port => 6081;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        ushort type = place.Inside!.EtherType;
        return
        [
            (byte)(Options.Length / 4), 0, (byte)(type >> 8), (byte)type, (byte)(Vni >> 16), (byte)(Vni >> 8), (byte)Vni, 0, .. Options, .. content,
        ];
    }
}
