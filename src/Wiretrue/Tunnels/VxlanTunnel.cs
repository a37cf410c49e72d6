namespace Wiretrue.Tunnels;

/// <summary>VXLAN: Ethernet frames in UDP (<c>struct vxlan_config</c>, net/vxlan.h).</summary>
/// <remarks>RFC 7348; draft-smith-vxlan-group-policy; draft-herbert-vxlan-rco.</remarks>
public sealed record VxlanTunnel : UdpTunnel
{
    /// <summary>The port that was assigned to VXLAN (<c>IANA_VXLAN_UDP_PORT</c>).</summary>
    public const ushort AssignedPort = 4789;

    /// <summary>One with the assigned port.</summary>
    public VxlanTunnel() => DestinationPort = AssignedPort;

    /// <summary>Network identifier, 24 bits (<c>vni</c>).</summary>
    public int NetworkIdentifier { get; init; }

    /// <summary>The policy that is sent; null when the extension is not in use, and a packet with one is dropped (<c>gbp</c>).</summary>
    public GroupPolicy? GroupPolicy { get; init; }

    /// <summary>
    /// Remote checksum offload. It is for a TCP or UDP checksum that begins an even number of bytes, 254 at the most, into the frame.
    /// </summary>
    public RemoteChecksumOptions RemoteChecksum { get; init; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new VxlanEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new VxlanDecapsulator(this);
}
