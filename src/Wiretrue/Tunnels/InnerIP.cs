using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The IP packet that comes out of a tunnel without a link header.</summary>
internal static class InnerIP
{
    /// <summary>Sees to it that an IP header begins at <paramref name="inside"/>, of this kind or of either.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="inside">Where it begins.</param>
    /// <param name="end">One past the last byte that is inside.</param>
    /// <param name="wanted">IPv4, IPv6, or <see cref="LayerKind.None"/> for either.</param>
    /// <returns>The fault, when there is none.</returns>
    public static Decapsulation Check(Packet packet, int inside, int end, LayerKind wanted)
    {
        if (end <= inside || !packet.EnsureLinear(inside + 1))
            return new Decapsulation(DecapsulationFault.TooShort, wanted, inside);
        LayerKind found = (packet.Linear[inside] >> 4) switch
        {
            4 => LayerKind.IPv4,
            6 => LayerKind.IPv6,
            _ => LayerKind.None,
        };
        if (found == LayerKind.None || (wanted != LayerKind.None && found != wanted))
            return new Decapsulation(DecapsulationFault.UnknownContent, wanted, inside);
        int least = found == LayerKind.IPv4 ? IPv4Header.MinimumSize : IPv6Header.Size;
        return end - inside >= least ? default : new Decapsulation(DecapsulationFault.TooShort, found, inside);
    }
}
