using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;

namespace Wiretrue.Transmit;

/// <summary>
/// The way of a packet to its device: the only place that compares what a packet asks for with what a device can do, and does the rest
/// (<c>validate_xmit_skb</c>, net/core/dev.c).
/// </summary>
/// <remarks>
/// In the kernel's order: features of this packet on this device, segmentation or else linearization, checksum completion.
/// </remarks>
public static class TransmitPath
{
    private const GsoType OuterChecksums = GsoType.UdpTunnelChecksum | GsoType.GreChecksum;

    /// <summary>Bytes of CRC32c, the widest of the checksums.</summary>
    private const int WidestChecksum = sizeof(uint);

    /// <summary>Makes a packet one that <paramref name="device"/> can take as it is, or several.</summary>
    /// <remarks>
    /// A checksum over bytes that were not captured (<see cref="Packet.MissingTail"/>) can't be known: the packet goes on with the checksum
    /// owed, its field unchanged, and in a segment the field holds the pseudo-header's sum.
    /// </remarks>
    /// <param name="packet">Taken over: it is among the ready ones afterwards, or was replaced by its segments, or was dropped.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="ready">What the device can take is added at the end, in order.</param>
    /// <returns>
    /// <see cref="DropReason.None"/>, or why the packet was dropped: it is counted at the device then, given back to its pool, and none of
    /// its bytes were changed.
    /// </returns>
    public static DropReason Validate(Packet packet, NetDevice device, PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(ready);

        DeviceFeatures features = PacketFeatures.Of(packet, device);
        if (packet.Offload.IsGso && !IsOneSegment(packet))
        {
            if (!PacketFeatures.TakesSuperFrame(packet, features))
            {
                if (!PacketFeatures.TakesInspectedSuperFrame(packet, features))
                    return Segment(packet, device, features, ready);
                DropReason reason = GenericSegmentation.Inspect(packet);
                if (reason != DropReason.None)
                    return Drop(packet, device, reason);
            }
            MakeLinearFor(packet, features);
        }
        else
        {
            MakeLinearFor(packet, features);
            DropReason reason = CompleteChecksums(packet, features);
            if (reason != DropReason.None)
                return Drop(packet, device, reason);
        }
        ready.Enqueue(packet);
        return DropReason.None;
    }

    private static DropReason Segment(Packet packet, NetDevice device, DeviceFeatures features, PacketQueue ready)
    {
        Packet? last = ready.Last;
        DropReason reason = GenericSegmentation.Segment(packet, features, ready);
        if (reason != DropReason.None)
            return Drop(packet, device, reason);
        packet.Dispose();
        if ((features & DeviceFeatures.ScatterGather) == 0)
        {
            for (Packet? segment = last is null ? ready.First : last.Next; segment is not null; segment = segment.Next)
                segment.Linearize();
        }
        return DropReason.None;
    }

    private static DropReason CompleteChecksums(Packet packet, DeviceFeatures features)
    {
        OffloadState offload = packet.Offload;
        if (offload.Checksum != ChecksumState.Partial)
            return DropReason.None;
        if (!PartialChecksum.Fits(packet.OriginalLength, offload.ChecksumStart, offload.ChecksumOffset))
            return DropReason.ChecksumBeyondPacket;
        if (PacketFeatures.CanChecksum(packet, offload, features))
            return DropReason.None;
        // A clone shares the headers' bytes; what is written from here on is this packet's alone (skb_ensure_writable).
        if (packet.IsShared)
            packet.EnsureWritable(Math.Min(packet.Length, offload.ChecksumStart + offload.ChecksumOffset + WidestChecksum));
        if ((offload.GsoType & OuterChecksums) != 0)
        {
            DropReason reason = LocalChecksumOffload.CompleteOuter(packet);
            if (reason != DropReason.None)
                return reason;
        }
        return packet.MissingTail > 0 ? DropReason.None : PartialChecksum.Complete(packet);
    }

    private static void MakeLinearFor(Packet packet, DeviceFeatures features)
    {
        bool takesList = packet.FragmentList is null || (features & DeviceFeatures.FragmentList) != 0;
        if (!takesList || (features & DeviceFeatures.ScatterGather) == 0)
            packet.Linearize();
    }

    /// <summary>
    /// A payload that fits into one segment makes no super-frame: the packet goes as any other (as Linux takes the GSO type off it).
    /// Unless one of its lengths was left 0 for the device to fill in: then it is cut into one.
    /// </summary>
    private static bool IsOneSegment(Packet packet)
    {
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        OffloadState offload = packet.Offload;
        int transport = offload.GsoType.IsTunnel() ? layout.InnerTransport : layout.OuterTransport;
        if (transport < 0 || layout[transport].ContentLength > offload.GsoSize)
            return false;
        for (int i = 0; i <= transport; i++)
        {
            if (layout[i].LimitedBy is LengthSource.IPv4ZeroLength or LengthSource.IPv6ZeroLength or LengthSource.UdpZeroLength)
                return false;
        }
        packet.Offload = offload with { GsoType = offload.GsoType & OuterChecksums, GsoSize = 0, GsoSegments = 0 };
        return true;
    }

    private static DropReason Drop(Packet packet, NetDevice device, DropReason reason)
    {
        device.Statistics.CountDrop(reason);
        packet.Dispose();
        return reason;
    }
}
