using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// IP protocols in UDP without a header (<c>fou_gro_receive</c>, <c>fou_gro_complete</c>, net/ipv4/fou_core.c), told of by
/// <see cref="TunnelPorts"/>, and what follows GUE's header.
/// </summary>
/// <remarks>UDP is a part of the tunnel that it carries here, so that tunnel is the one that there may be.</remarks>
internal static class FouCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival, IPProtocol protocol)
    {
        arrival.IsEncapsulated = false;
        arrival.IsInFou = true;
        return IsTunnel(protocol) ? IPProtocolCoalescing.Receive(ref arrival, protocol) : arrival.Pass();
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, IPProtocol protocol, int offset) =>
        IPProtocolCoalescing.Complete(ref completion, protocol, offset);

    /// <summary>A transport at once behind UDP would have its pseudo-header from outside, and no network header to be cut with.</summary>
    private static bool IsTunnel(IPProtocol protocol) => protocol is IPProtocol.IPv4 or IPProtocol.IPv6 or IPProtocol.Gre;
}
