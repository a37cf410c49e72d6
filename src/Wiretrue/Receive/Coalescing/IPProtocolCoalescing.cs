using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// Which file knows what an IP header carries (<c>inet_offloads</c>, net/ipv4/protocol.c; <c>inet6_offloads</c>, net/ipv6/protocol.c).
/// </summary>
internal static class IPProtocolCoalescing
{
    /// <summary>True when packets of <paramref name="protocol"/> can be coalesced; others go up at once, and nothing is let go before them.</summary>
    public static bool IsKnown(IPProtocol protocol) =>
        protocol is IPProtocol.Tcp or IPProtocol.Udp or IPProtocol.IPv4 or IPProtocol.IPv6 or IPProtocol.Gre;

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival, IPProtocol protocol)
    {
        if (!arrival.TryEnter())
            return arrival.Pass();
        arrival.BeginTransport();
        return protocol switch
        {
            IPProtocol.Tcp => TcpCoalescing.Receive(ref arrival),
            IPProtocol.Udp => UdpCoalescing.Receive(ref arrival),
            IPProtocol.IPv4 => IPTunnelCoalescing.Receive(ref arrival, isIPv6: false),
            IPProtocol.IPv6 => IPTunnelCoalescing.Receive(ref arrival, isIPv6: true),
            IPProtocol.Gre => GreCoalescing.Receive(ref arrival),
            _ => arrival.Pass(),
        };
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, IPProtocol protocol, int offset)
    {
        switch (protocol)
        {
            case IPProtocol.Tcp: TcpCoalescing.Complete(ref completion, offset); break;
            case IPProtocol.Udp: UdpCoalescing.Complete(ref completion, offset); break;
            case IPProtocol.IPv4: IPTunnelCoalescing.Complete(ref completion, isIPv6: false, offset); break;
            case IPProtocol.IPv6: IPTunnelCoalescing.Complete(ref completion, isIPv6: true, offset); break;
            case IPProtocol.Gre: GreCoalescing.Complete(ref completion, offset); break;
        }
    }
}
