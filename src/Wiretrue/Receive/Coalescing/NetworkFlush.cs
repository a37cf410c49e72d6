namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// What the network headers say of joining, asked once the transport has found the flow (<c>gro_receive_network_flush</c>, net/gro.h).
/// </summary>
internal static class NetworkFlush
{
    /// <summary>True when the packet must not join for what its network headers say: the outer one, and the inner one of a tunnel.</summary>
    public static bool IsNeeded(in Arrival arrival, HeldPacket held)
    {
        bool outer = Differs(arrival, held, inner: false);
        return held.IsEncapsulated ? Differs(arrival, held, inner: true) | outer : outer;
    }

    private static bool Differs(in Arrival arrival, HeldPacket held, bool inner)
    {
        int offset = held.NetworkOffset(inner);
        return arrival.Bytes[offset] >> 4 == 6
            ? IPv6Coalescing.Differs(arrival, held, offset)
            : IPv4Coalescing.Differs(arrival, held, offset, inner);
    }

    /// <summary>Sum of the pseudo-header with the network header at <paramref name="offset"/>, not folded.</summary>
    public static uint PseudoHeader(ReadOnlySpan<byte> packet, int offset, Headers.IPProtocol protocol, int length) =>
        packet[offset] >> 4 == 6
            ? IPv6Coalescing.PseudoHeader(packet[offset..], protocol, length)
            : IPv4Coalescing.PseudoHeader(packet[offset..], protocol, length);
}
