using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>Which file knows what an EtherType says (<c>gro_find_receive_by_type</c>, net/core/gro.c), on the way in and when a packet is done.</summary>
internal static class EtherTypeCoalescing
{
    /// <summary>True when there is a file that does: others go up at once, and nothing of them is looked at.</summary>
    public static bool IsKnown(EtherType type) => type is EtherType.IPv4 or EtherType.IPv6 or EtherType.Vlan or EtherType.ServiceVlan
        or EtherType.TransparentEthernetBridging or EtherType.Mpls or EtherType.MplsMulticast;

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival, EtherType type)
    {
        if (!arrival.TryEnter())
            return arrival.Pass();
        return type switch
        {
            EtherType.IPv4 => IPv4Coalescing.Receive(ref arrival),
            EtherType.IPv6 => IPv6Coalescing.Receive(ref arrival),
            EtherType.Vlan or EtherType.ServiceVlan => VlanCoalescing.Receive(ref arrival),
            EtherType.TransparentEthernetBridging => InnerFrameCoalescing.Receive(ref arrival),
            EtherType.Mpls or EtherType.MplsMulticast => MplsCoalescing.Receive(ref arrival),
            _ => arrival.Pass(),
        };
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, EtherType type, int offset)
    {
        switch (type)
        {
            case EtherType.IPv4: IPv4Coalescing.Complete(ref completion, offset); break;
            case EtherType.IPv6: IPv6Coalescing.Complete(ref completion, offset); break;
            case EtherType.Vlan:
            case EtherType.ServiceVlan: VlanCoalescing.Complete(ref completion, offset); break;
            case EtherType.TransparentEthernetBridging: InnerFrameCoalescing.Complete(ref completion, offset); break;
            case EtherType.Mpls:
            case EtherType.MplsMulticast: MplsCoalescing.Complete(ref completion, offset); break;
        }
    }
}
