using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>VXLAN (<c>vxlan_gro_receive</c>, <c>vxlan_gro_complete</c>, drivers/net/vxlan/vxlan_core.c): all of the header makes a flow.</summary>
/// <remarks>
/// Linux does not ask here whether a header is one that it will understand later. A frame with one that nobody could cut behind is held as it is
/// there, and none joins it.
/// </remarks>
internal static class VxlanCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(VxlanHeader.Size, out ReadOnlySpan<byte> bytes))
            return arrival.Pass();
        bool isPossible = VxlanHeader.TryCreate(bytes, out VxlanHeader header);
        if (isPossible && header.HasRemoteChecksum)
        {
            isPossible = arrival.Limits.RemoteChecksum;
            int inside = arrival.Offset + VxlanHeader.Size;
            var request = new RemoteChecksumRequest(inside + header.RemoteChecksumStart, inside + header.RemoteChecksumOffset);
            if (isPossible && !arrival.TryExcuse(request))
                return arrival.Pass();
        }
        if (isPossible)
            arrival.KeepEqual(VxlanHeader.Size);
        else
            arrival.KeepNone();
        arrival.Advance(VxlanHeader.Size);
        return InnerFrameCoalescing.Receive(ref arrival);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (VxlanHeader.TryCreate(completion.Bytes[offset..], out VxlanHeader header) && header.HasRemoteChecksum)
            completion.Wrap(GsoType.TunnelRemoteChecksum);
        InnerFrameCoalescing.Complete(ref completion, offset + VxlanHeader.Size);
    }
}
