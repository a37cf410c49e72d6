using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// IP in IP, in all four ways (<c>ipip_gro_receive</c>, net/ipv4/af_inet.c; <c>sit_ip6ip6_gro_receive</c>, <c>ip4ip6_gro_receive</c>,
/// net/ipv6/ip6_offload.c), and in UDP with no header between them. It has no header of its own.
/// </summary>
internal static class IPTunnelCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    /// <param name="arrival">The packet; its next header is the inner one.</param>
    /// <param name="isIPv6">That header's version, as the protocol number before it says.</param>
    public static HeldPacket? Receive(ref Arrival arrival, bool isIPv6)
    {
        // Of two tunnels in one another, only one could be described to whoever cuts.
        if (arrival.IsEncapsulated)
            return arrival.Pass();
        arrival.IsEncapsulated = true;
        return isIPv6 ? IPv6Coalescing.Receive(ref arrival) : IPv4Coalescing.Receive(ref arrival);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, bool isIPv6, int offset)
    {
        completion.Wrap(completion.IsIPv6 ? GsoType.IPXIP6 : GsoType.IPXIP4);
        if (isIPv6)
            IPv6Coalescing.Complete(ref completion, offset);
        else
            IPv4Coalescing.Complete(ref completion, offset);
    }
}
