namespace Wiretrue.Tunnels;

/// <summary>VXLAN: Ethernet frames in UDP (<c>struct vxlan_config</c>, net/vxlan.h).</summary>
/// <remarks>RFC 7348.</remarks>
public sealed record VxlanTunnel : UdpTunnel
{
    /// <summary>The port that was assigned to VXLAN (<c>IANA_VXLAN_UDP_PORT</c>).</summary>
    public const ushort AssignedPort = 4789;

    /// <summary>One with the assigned port.</summary>
    public VxlanTunnel() => DestinationPort = AssignedPort;

    /// <summary>Network identifier, 24 bits (<c>vni</c>).</summary>
    public int NetworkIdentifier { get; init; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new VxlanEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new VxlanDecapsulator(this);
}
