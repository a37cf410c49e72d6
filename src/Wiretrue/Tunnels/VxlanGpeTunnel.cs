namespace Wiretrue.Tunnels;

/// <summary>VXLAN with the generic protocol extension: Ethernet frames and IP packets in UDP (<c>VXLAN_F_GPE</c>).</summary>
/// <remarks>draft-ietf-nvo3-vxlan-gpe. It has no group policy and no remote checksum offload: their bits have other meanings here.</remarks>
public sealed record VxlanGpeTunnel : UdpTunnel
{
    /// <summary>The port that was assigned to it (<c>IANA_VXLAN_GPE_UDP_PORT</c>).</summary>
    public const ushort AssignedPort = 4790;

    /// <summary>One with the assigned port.</summary>
    public VxlanGpeTunnel() => DestinationPort = AssignedPort;

    /// <summary>Network identifier, 24 bits (<c>vni</c>).</summary>
    public int NetworkIdentifier { get; init; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new VxlanGpeEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new VxlanGpeDecapsulator(this);
}
