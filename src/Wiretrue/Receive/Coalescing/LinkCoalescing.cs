using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// The link's header (<c>gro_list_prepare</c>, net/core/gro.c): all of it makes a flow, and a VLAN tag outside of the bytes does too.
/// </summary>
internal static class LinkCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        arrival.KeepSameLink();
        switch (arrival.Packet.LinkType)
        {
            case LinkType.Ethernet when arrival.TryPeek(EthernetHeader.Size, out ReadOnlySpan<byte> header)
                && EthernetHeader.TryCreate(header, out EthernetHeader ethernet):
                arrival.KeepEqual(EthernetHeader.Size);
                arrival.Advance(EthernetHeader.Size);
                arrival.EndLink(ethernet.EtherType);
                return EtherTypeCoalescing.Receive(ref arrival, ethernet.EtherType);
            case LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.IPv4 or LinkType.IPv6
                when arrival.TryPeek(1, out ReadOnlySpan<byte> first):
                EtherType type = first[0] >> 4 == 6 ? EtherType.IPv6 : EtherType.IPv4;
                arrival.EndLink(type);
                return EtherTypeCoalescing.Receive(ref arrival, type);
            default:
                return arrival.Pass();
        }
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion)
    {
        if (completion.Packet.LinkType != LinkType.Ethernet)
            EtherTypeCoalescing.Complete(ref completion, completion.IsIPv6 ? EtherType.IPv6 : EtherType.IPv4, 0);
        else if (EthernetHeader.TryCreate(completion.Bytes, out EthernetHeader ethernet))
            EtherTypeCoalescing.Complete(ref completion, ethernet.EtherType, EthernetHeader.Size);
    }
}
