using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>One VLAN tag that stands in the bytes (<c>vlan_gro_receive</c>, net/8021q/vlan_core.c): all of it makes a flow.</summary>
internal static class VlanCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(VlanHeader.Size, out ReadOnlySpan<byte> header) || !VlanHeader.TryCreate(header, out VlanHeader vlan))
            return arrival.Pass();
        arrival.KeepEqual(VlanHeader.Size);
        arrival.Advance(VlanHeader.Size);
        return EtherTypeCoalescing.Receive(ref arrival, vlan.EtherType);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (VlanHeader.TryCreate(completion.Bytes[offset..], out VlanHeader vlan))
            EtherTypeCoalescing.Complete(ref completion, vlan.EtherType, offset + VlanHeader.Size);
    }
}
