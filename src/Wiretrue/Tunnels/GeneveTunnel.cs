using System.Collections.Immutable;

namespace Wiretrue.Tunnels;

/// <summary>Geneve: Ethernet frames and IP packets in UDP, with options (<c>struct geneve_config</c>, drivers/net/geneve.c).</summary>
/// <remarks>RFC 8926.</remarks>
public sealed record GeneveTunnel : UdpTunnel
{
    /// <summary>The port that was assigned to it (<c>GENEVE_UDP_PORT</c>).</summary>
    public const ushort AssignedPort = 6081;

    /// <summary>One with the assigned port, and source ports from all of them.</summary>
    public GeneveTunnel()
    {
        DestinationPort = AssignedPort;
        SourcePorts = SourcePortRange.All;
    }

    /// <summary>Network identifier, 24 bits (<c>vni</c>).</summary>
    public int NetworkIdentifier { get; init; }

    /// <summary>
    /// The options that are sent, as they stand in the header: 252 bytes at the most. If one of them is critical, the header says so.
    /// </summary>
    public ImmutableArray<byte> Options { get; init; } = [];

    /// <summary>
    /// The options that are understood where they are received: a packet with another one that is critical is dropped. With
    /// <see cref="Tunnel.IsExternal"/> all are, as who reads the <see cref="Decapsulation"/> decides then.
    /// </summary>
    public ImmutableArray<GeneveOptionKind> KnownOptions { get; init; } = [];

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new GeneveEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new GeneveDecapsulator(this);
}
