using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Segmentation;

namespace Wiretrue.Tunnels;

public abstract partial class Encapsulator
{
    /// <summary>
    /// Puts a packet into the tunnel, and takes it over. A super-frame that can't go in whole is cut first: when each frame has to be
    /// numbered, or when there would be more tunnels than a <see cref="GsoType"/> speaks of.
    /// </summary>
    /// <param name="packet">As <see cref="Encapsulate(Packet)"/> takes it.</param>
    /// <param name="ready">What comes of it is added at the end, and is the caller's.</param>
    /// <returns><see cref="DropReason.None"/>; or why it was dropped, and given back to its pool.</returns>
    public DropReason Encapsulate(Packet packet, PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        DropReason reason = Encapsulate(packet);
        if (reason == DropReason.None)
        {
            ready.Enqueue(packet);
            return reason;
        }
        // The last is what contradicts what is said of a tunnel that it is in already.
        if (packet.Offload.IsGso && reason is (DropReason.GsoGreSequence or DropReason.GsoNestedTunnels or DropReason.GsoTypeMismatch))
            reason = EncapsulateSegments(packet, ready);
        packet.Dispose();
        return reason;
    }

    private DropReason EncapsulateSegments(Packet packet, PacketQueue ready)
    {
        Packet? last = ready.Last;
        // What is in parts may stay so, and checksums stay owed.
        DropReason reason = GenericSegmentation.Segment(packet, DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumGeneric, ready);
        Packet? segment = last is null ? ready.First : last.Next;
        for (; segment is not null && reason == DropReason.None; segment = segment.Next)
            reason = Encapsulate(segment);
        if (reason != DropReason.None)
            ready.ClearAfter(last);
        return reason;
    }
}
