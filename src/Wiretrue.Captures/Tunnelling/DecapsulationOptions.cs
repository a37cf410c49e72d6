using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>What is taken out of tunnels, and what becomes of the rest.</summary>
public sealed record DecapsulationOptions
{
    /// <summary>How many tunnels are taken off a packet at most, the outermost first; 1 or more.</summary>
    public int Levels { get; init; } = 1;

    /// <summary>Tunnels that are taken off; a packet in any other is left.</summary>
    public TunnelKind Kinds { get; init; } = TunnelKind.Any;

    /// <summary>The network identifier that a VXLAN, VXLAN-GPE or Geneve header must have, 24 bits; null for any.</summary>
    public int? NetworkIdentifier { get; init; }

    /// <summary>The key that a GRE header must have; null for any or none.</summary>
    public uint? Key { get; init; }

    /// <summary>The session that an ERSPAN header must have, 0 to 1023; null for any.</summary>
    public int? Session { get; init; }

    /// <summary>Packets of which nothing is taken out are written as they are. By default they are left out.</summary>
    public bool KeepOthers { get; init; }

    /// <summary>What the network does with UDP ports; null for the assigned ones.</summary>
    public TunnelPorts? Ports { get; init; }

    /// <summary>The container to write; null for the input's own.</summary>
    public CaptureFormat? OutputFormat { get; init; }

    /// <summary>
    /// What becomes of link types. Where tunnels of Ethernet frames are asked for, all that can be Ethernet are; else each stays what it is.
    /// </summary>
    public Func<LinkType, LinkType>? Links => MakesEthernet ? LinkFraming.Common : null;

    /// <summary>Frames may come out, which need links of Ethernet.</summary>
    internal bool MakesEthernet =>
        (Kinds & (TunnelKind.Vxlan | TunnelKind.VxlanGpe | TunnelKind.Geneve | TunnelKind.GreTap | TunnelKind.Erspan)) != 0;

    /// <summary>Whether a tunnel is one that is asked for.</summary>
    internal bool Accepts(in TunnelOpening opening)
    {
        if ((Kinds & opening.Kind) == 0)
            return false;
        TunnelIdentifier identifier = opening.Identifier;
        bool isNetwork = identifier.Header is LayerKind.Vxlan or LayerKind.VxlanGpe or LayerKind.Geneve;
        return (NetworkIdentifier is not { } vni || (isNetwork && identifier.Value == vni))
            && (Key is not { } key || (identifier.Header == LayerKind.Gre && identifier.Value == key))
            && (Session is not { } session || (identifier.Header == LayerKind.Erspan && identifier.Value == session));
    }
}
