namespace Wiretrue.Tunnels;

/// <summary>IP packets behind MPLS labels in UDP (<c>struct bareudp_conf</c>, net/bareudp.h).</summary>
/// <remarks>RFC 7510.</remarks>
public sealed record MplsInUdpTunnel : UdpTunnel
{
    /// <summary>The port that was assigned to MPLS in UDP.</summary>
    public const ushort AssignedPort = 6635;

    /// <summary>One with the assigned port.</summary>
    public MplsInUdpTunnel() => DestinationPort = AssignedPort;

    /// <summary>The labels, outermost first; one at least. What comes in may have others.</summary>
    public required IReadOnlyList<MplsLabel> Labels { get; init; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new MplsInUdpEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new MplsInUdpDecapsulator(this);
}
