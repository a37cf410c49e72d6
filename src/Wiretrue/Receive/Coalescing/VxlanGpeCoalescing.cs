using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// VXLAN that names what follows (<c>vxlan_gpe_gro_receive</c>, <c>vxlan_gpe_gro_complete</c>, drivers/net/vxlan/vxlan_core.c): all of the header
/// makes a flow, and one without a next protocol, or with the bit of control packets, is none.
/// </summary>
internal static class VxlanGpeCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(VxlanGpeHeader.Size, out ReadOnlySpan<byte> bytes) || !VxlanGpeHeader.TryCreate(bytes, out VxlanGpeHeader header)
            || !header.HasNextProtocol || header.IsControl)
        {
            return arrival.Pass();
        }
        arrival.KeepEqual(VxlanGpeHeader.Size);
        arrival.Advance(VxlanGpeHeader.Size);
        return EtherTypeCoalescing.Receive(ref arrival, TypeOf(header.NextProtocol));
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (VxlanGpeHeader.TryCreate(completion.Bytes[offset..], out VxlanGpeHeader header))
            EtherTypeCoalescing.Complete(ref completion, TypeOf(header.NextProtocol), offset + VxlanGpeHeader.Size);
    }

    /// <summary>The number by which others know it (<c>tun_p_to_eth_p</c>, net/tun_proto.h); one of no protocol for what is not known.</summary>
    private static EtherType TypeOf(byte nextProtocol) => TunnelProtocolDispatch.Next(nextProtocol) switch
    {
        LayerKind.IPv4 => EtherType.IPv4,
        LayerKind.IPv6 => EtherType.IPv6,
        LayerKind.Ethernet => EtherType.TransparentEthernetBridging,
        LayerKind.Mpls => EtherType.Mpls,
        _ => default,
    };
}
