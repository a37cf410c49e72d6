using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>
/// The way of a packet to its device: the only place that compares what a packet asks for with what a device can do, and does the rest
/// (<c>validate_xmit_skb</c>, net/core/dev.c).
/// </summary>
/// <remarks>
/// In the kernel's order, a file for each step:
/// <code>
///   OffloadState.Check      a source that is not trusted        virtio_net_hdr_to_skb
///   PacketFeatures          features of this packet here        netif_skb_features
///   VlanInsertion           tag into the bytes                  validate_xmit_vlan
///   SuperFrames             leave whole, or cut                 netif_needs_gso, skb_gso_segment
///   Linearization           or else: into one piece             skb_needs_linearize
///   ChecksumCompletion      and finish what is owed             skb_csum_hwoffload_help
///   DeviceRoom              room for the driver's headers       skb_cow_head
/// </code>
/// </remarks>
public static class TransmitPath
{
    /// <summary>Makes a packet one that <paramref name="device"/> can take as it is, or several.</summary>
    /// <remarks>
    /// A checksum over bytes that were not captured (<see cref="Packet.MissingTail"/>) can't be known: the packet goes on with the checksum
    /// owed, its field unchanged, and in a segment the field holds the pseudo-header's sum.
    /// </remarks>
    /// <param name="packet">Taken over: it is among the ready ones afterwards, or was replaced by its segments, or was dropped.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="ready">What the device can take is added at the end, in order.</param>
    /// <returns>
    /// <see cref="DropReason.None"/>, or why the packet was dropped: it is counted at the device then, and given back to its pool.
    /// </returns>
    public static DropReason Validate(Packet packet, NetDevice device, PacketQueue ready)
    {
        var nobody = default(Unobserved);
        return Validate(packet, device, ready, ref nobody);
    }

    /// <summary>As <see cref="Validate(Packet, NetDevice, PacketQueue)"/>, with an observer that is told each decision.</summary>
    /// <param name="packet">Taken over.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="ready">What the device can take is added at the end, in order.</param>
    /// <param name="observer">Is told each decision as it is made.</param>
    /// <returns><see cref="DropReason.None"/>, or why the packet was dropped.</returns>
    public static DropReason Validate<TObserver>(Packet packet, NetDevice device, PacketQueue ready, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(ready);

        OffloadFault fault = FaultOf(packet);
        if (fault != OffloadFault.None)
            return Drop(packet, device, DropReason.OffloadStateImpossible, fault, ref observer);
        if (packet.Offload.EspNextHeader != 0 && (device.Features & DeviceFeatures.Esp) == 0)
            return Drop(packet, device, DropReason.EspNotEncrypted, OffloadFault.None, ref observer);
        DeviceFeatures features = PacketFeatures.Of(packet, device, ref observer);
        DropReason reason = VlanInsertion.Insert(packet, features, ref observer);
        if (reason == DropReason.None)
            reason = Prepare(packet, device, features, ready, ref observer);
        return reason == DropReason.None ? reason : Drop(packet, device, reason, OffloadFault.None, ref observer);
    }

    /// <summary>Does the same for all of a list, in order (<c>validate_xmit_skb_list</c>): one that is dropped does not hold up the others.</summary>
    /// <param name="packets">Emptied: every packet is taken over.</param>
    /// <param name="device">Where they go; it counts what is dropped, by reason.</param>
    /// <param name="ready">Another queue, to the end of which is added what the device can take.</param>
    /// <returns>How many were dropped.</returns>
    public static int Validate(PacketQueue packets, NetDevice device, PacketQueue ready)
    {
        var nobody = default(Unobserved);
        return Validate(packets, device, ready, ref nobody);
    }

    /// <summary>As <see cref="Validate(PacketQueue, NetDevice, PacketQueue)"/>, with an observer that is told each decision.</summary>
    /// <param name="packets">Emptied.</param>
    /// <param name="device">Where they go.</param>
    /// <param name="ready">Another queue, to the end of which is added what the device can take.</param>
    /// <param name="observer">Is told each decision as it is made; each packet begins with <see cref="TransmitStep.DeviceFeatures"/>.</param>
    /// <returns>How many were dropped.</returns>
    public static int Validate<TObserver>(PacketQueue packets, NetDevice device, PacketQueue ready, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        ArgumentNullException.ThrowIfNull(packets);
        if (ReferenceEquals(packets, ready))
            Throw.Argument(nameof(ready), "What is ready goes to a queue of its own.");
        int dropped = 0;
        while (packets.Dequeue() is { } packet)
            dropped += Validate(packet, device, ready, ref observer) == DropReason.None ? 0 : 1;
        return dropped;
    }

    private static DropReason Prepare<TObserver>(
        Packet packet, NetDevice device, DeviceFeatures features, PacketQueue ready, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DropReason reason;
        if (packet.Offload.IsGso && !SuperFrames.TryTakeOffType(packet, ref observer))
        {
            if (!SuperFrames.AreTaken(packet, features))
            {
                if (!SuperFrames.AreTakenOnceInspected(packet, features))
                    return SuperFrames.Segment(packet, device, features, ready, ref observer);
                reason = SuperFrames.Inspect(packet, ref observer);
                if (reason != DropReason.None)
                    return reason;
            }
            Linearization.Apply(packet, device, features, ref observer);
            if (Unobserved.IsNot<TObserver>())
            {
                DeviceFeatures by = GsoFeatures.For(packet.Offload.GsoType);
                Decisions.Tell(TransmitStep.SegmentationLeft, TransmitCause.DeviceDoes, features, by, ref observer);
            }
        }
        else
        {
            Linearization.Apply(packet, device, features, ref observer);
            reason = ChecksumCompletion.Complete(packet, features, ref observer);
            if (reason != DropReason.None)
                return reason;
        }
        DeviceRoom.Reserve(packet, device, features);
        ready.Enqueue(packet);
        return DropReason.None;
    }

    /// <summary>
    /// What cannot be true of a packet from a source that is not trusted. Who hands over others has seen to it, as the kernel's stack has.
    /// </summary>
    private static OffloadFault FaultOf(Packet packet)
    {
        if ((packet.Offload.GsoType & GsoType.Dodgy) == 0)
            return OffloadFault.None;
        OffloadFault fault = packet.Offload.Check(packet.OriginalLength);
        // A guest that owes nothing for a super-frame is told off in the log, and served (skb_needs_check).
        return fault == OffloadFault.GsoWithoutPartialChecksum ? OffloadFault.None : fault;
    }

    private static DropReason Drop<TObserver>(
        Packet packet, NetDevice device, DropReason reason, OffloadFault fault, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (Unobserved.IsNot<TObserver>())
            observer.Decided(new TransmitDecision { Step = TransmitStep.Dropped, Reason = reason, Fault = fault });
        device.Statistics.CountDrop(reason);
        packet.Dispose();
        return reason;
    }
}
