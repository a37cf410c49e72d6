namespace Wiretrue.Tunnels;

/// <summary>A tunnel directly over IP, without UDP between.</summary>
public abstract record NetworkTunnel : Tunnel
{
    /// <summary>How deep Linux allows tunnels to be nested in an IPv6 tunnel (<c>IPV6_DEFAULT_TNL_ENCAP_LIMIT</c>).</summary>
    public const byte DefaultEncapsulationLimit = 4;

    /// <summary>
    /// Over IPv6: into how many tunnels more the packet may go on its way (<c>encaplimit</c>), said in a destination options header of eight
    /// bytes; null to leave that out. A packet that says so itself may go into one less, whatever is set here.
    /// </summary>
    /// <remarks>RFC 2473 4.1.1.</remarks>
    public byte? EncapsulationLimit { get; init; } = DefaultEncapsulationLimit;

    /// <summary>MPLS labels to come before the inner packet, outermost first; none as a rule.</summary>
    /// <remarks>RFC 4023: MPLS in IP, and in GRE.</remarks>
    public IReadOnlyList<MplsLabel> Labels { get; init; } = [];
}
