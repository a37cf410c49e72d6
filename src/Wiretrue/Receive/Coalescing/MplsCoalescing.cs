using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// A stack of MPLS labels (RFC 3032), where it is asked for (<see cref="CoalescerOptions.Mpls"/>): Linux cuts behind labels
/// (<c>mpls_gso_segment</c>), and does not join there. All of the stack makes a flow, time to live included.
/// </summary>
internal static class MplsCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        while (arrival.Limits.Mpls && arrival.TryPeek(MplsHeader.Size, out ReadOnlySpan<byte> bytes)
            && MplsHeader.TryCreate(bytes, out MplsHeader entry))
        {
            arrival.KeepEqual(MplsHeader.Size);
            arrival.Advance(MplsHeader.Size);
            if (entry.IsBottom)
                return ReceiveBelow(ref arrival);
        }
        return arrival.Pass();
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        while (MplsHeader.TryCreate(completion.Bytes[offset..], out MplsHeader entry) && !entry.IsBottom)
            offset += MplsHeader.Size;
        offset += MplsHeader.Size;
        EtherTypeCoalescing.Complete(ref completion, completion.Bytes[offset] >> 4 == 6 ? EtherType.IPv6 : EtherType.IPv4, offset);
    }

    /// <summary>The stack does not say what it carries; a version of IP does (RFC 4928 3).</summary>
    private static HeldPacket? ReceiveBelow(ref Arrival arrival) =>
        !arrival.TryPeek(1, out ReadOnlySpan<byte> first) ? arrival.Pass() : (first[0] >> 4) switch
        {
            4 => EtherTypeCoalescing.Receive(ref arrival, EtherType.IPv4),
            6 => EtherTypeCoalescing.Receive(ref arrival, EtherType.IPv6),
            _ => arrival.Pass(),
        };
}
