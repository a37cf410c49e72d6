using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>The number by which a tunnel's header tells its networks apart.</summary>
/// <param name="Header">The header that has it: VXLAN, VXLAN-GPE, Geneve, GRE, ERSPAN or GTP-U; None when there is none.</param>
/// <param name="Value">The number.</param>
internal readonly record struct TunnelIdentifier(LayerKind Header, uint Value)
{
    /// <summary>Reads that of a layer; one without <see cref="Header"/> when it has none.</summary>
    public static TunnelIdentifier Of(ReadOnlySpan<byte> packet, in Layer layer)
    {
        ReadOnlySpan<byte> bytes = packet[layer.Offset..];
        switch (layer.Kind)
        {
            case LayerKind.Vxlan or LayerKind.VxlanGpe or LayerKind.Geneve when bytes.Length >= VxlanHeader.Size:
                return new(layer.Kind, BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) >> 8);
            case LayerKind.Gre when GreHeader.TryCreate(bytes, out GreHeader gre) && gre.HasKey:
                return new(layer.Kind, gre.Key);
            case LayerKind.Erspan when ErspanHeader.TryCreate(bytes, out ErspanHeader erspan):
                return new(layer.Kind, erspan.SessionId);
            default:
                return default;
        }
    }
}
