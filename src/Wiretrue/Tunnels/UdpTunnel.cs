namespace Wiretrue.Tunnels;

/// <summary>A tunnel over UDP (<c>struct udp_port_cfg</c>, net/udp_tunnel.h).</summary>
/// <remarks>
/// RFC 6935 and RFC 6936 say when IPv6 may go without the UDP checksum: each direction has a switch of its own, and both ends must agree.
/// </remarks>
public abstract record UdpTunnel : Tunnel
{
    /// <summary>The port that the other end listens on, and this one as well.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>The source ports of what is sent: one port of these for each flow.</summary>
    public SourcePortRange SourcePorts { get; init; } = SourcePortRange.Ephemeral;

    /// <summary>Over IPv4, what is sent has a UDP checksum (<c>udpcsum</c>).</summary>
    public bool UdpChecksum { get; init; } = true;

    /// <summary>Over IPv6, what is sent has no UDP checksum (<c>udp6zerocsumtx</c>).</summary>
    public bool ZeroChecksum6Transmit { get; init; }

    /// <summary>Over IPv6, what comes without a UDP checksum is received (<c>udp6zerocsumrx</c>).</summary>
    public bool ZeroChecksum6Receive { get; init; }

    internal bool HasChecksum => Remote.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? !ZeroChecksum6Transmit : UdpChecksum;
}
