using Wiretrue.Headers;

namespace Wiretrue.Tunnels;

/// <summary>Foo over UDP: IP packets right behind UDP, at a port that the two ends agreed on (<c>TUNNEL_ENCAP_FOU</c>, net/ipv4/fou_core.c).</summary>
/// <remarks>
/// There is no header to look at: whoever else looks at the packets has to be told of the port (<see cref="TunnelPorts.With"/>).
/// </remarks>
public sealed record FouTunnel : UdpTunnel
{
    /// <summary>One at a port, which is for one protocol.</summary>
    /// <param name="port">UDP destination port.</param>
    /// <param name="protocol">What it carries: <see cref="IPProtocol.IPv4"/> or <see cref="IPProtocol.IPv6"/>.</param>
    public FouTunnel(ushort port, IPProtocol protocol)
    {
        if (protocol is not (IPProtocol.IPv4 or IPProtocol.IPv6))
            Throw.Argument(nameof(protocol), $"{protocol} is not carried here.");
        DestinationPort = port;
        Protocol = protocol;
    }

    /// <summary>What the port is for.</summary>
    public IPProtocol Protocol { get; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new FouEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new FouDecapsulator(this);

    internal LayerKind Content => Protocol == IPProtocol.IPv4 ? LayerKind.IPv4 : LayerKind.IPv6;
}
