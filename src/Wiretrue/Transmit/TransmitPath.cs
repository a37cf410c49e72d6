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

        DeviceFeatures features = PacketFeatures.Of(packet, device, ref observer);
        DropReason reason;
        if (packet.Offload.IsGso && !IsOneSegment(packet, ref observer))
        {
            if (!PacketFeatures.TakesSuperFrame(packet, features))
            {
                if (!PacketFeatures.TakesInspectedSuperFrame(packet, features))
                {
                    reason = Segment(packet, features, ready, ref observer);
                    return reason == DropReason.None ? reason : Drop(packet, device, reason, ref observer);
                }
                reason = Inspect(packet, ref observer);
                if (reason != DropReason.None)
                    return Drop(packet, device, reason, ref observer);
            }
            MakeLinearFor(packet, features, ref observer);
            if (Unobserved.IsNot<TObserver>())
                Tell(TransmitStep.SegmentationLeft, TransmitCause.DeviceDoes, features, GsoFeatures.For(packet.Offload.GsoType), ref observer);
        }
        else
        {
            MakeLinearFor(packet, features, ref observer);
            reason = ChecksumCompletion.Complete(packet, features, ref observer);
            if (reason != DropReason.None)
                return Drop(packet, device, reason, ref observer);
        }
        ready.Enqueue(packet);
        return DropReason.None;
    }

    private static DropReason Inspect<TObserver>(Packet packet, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        OffloadState before = packet.Offload;
        DropReason reason = GenericSegmentation.Inspect(packet);
        if (Unobserved.IsNot<TObserver>() && reason == DropReason.None)
        {
            observer.Decided(new TransmitDecision
            {
                Step = TransmitStep.Inspected,
                Cause = (before.GsoType & GsoType.Dodgy) != 0 ? TransmitCause.NotTrusted : TransmitCause.ChecksumNotOwed,
                Count = packet.Offload.GsoSegments,
            });
        }
        return reason;
    }

    private static DropReason Segment<TObserver>(Packet packet, DeviceFeatures features, PacketQueue ready, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        Packet? last = ready.Last;
        int count = ready.Count;
        DropReason reason = GenericSegmentation.Segment(packet, features, ready);
        if (reason != DropReason.None)
            return reason;
        Packet? first = last is null ? ready.First : last.Next;
        if (Unobserved.IsNot<TObserver>())
            TellSegments(packet, features, first!, ready.Count - count, ref observer);
        packet.Dispose();
        if ((features & DeviceFeatures.ScatterGather) == 0)
        {
            for (Packet? segment = first; segment is not null; segment = segment.Next)
                segment.Linearize();
        }
        return DropReason.None;
    }

    private static void TellSegments<TObserver>(Packet packet, DeviceFeatures features, Packet first, int count, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures missing = GsoFeatures.Missing(features, packet.Offload.GsoType);
        if (packet.FragmentList is not null)
            missing |= DeviceFeatures.FragmentList & ~features;
        observer.Decided(new TransmitDecision
        {
            Step = TransmitStep.Segmented,
            Cause = missing == DeviceFeatures.None ? TransmitCause.ChecksumNotOwed : TransmitCause.FeatureLacking,
            Before = features,
            After = features,
            Needed = missing,
            Count = count,
        });
        if (first.Offload.Checksum == ChecksumState.Partial)
        {
            TransmitCause cause = packet.MissingTail > 0 ? TransmitCause.TailMissing : TransmitCause.DeviceDoes;
            Tell(TransmitStep.ChecksumLeft, cause, features, features & DeviceFeatures.ChecksumMask, ref observer);
        }
        else
        {
            Tell(TransmitStep.ChecksumCompleted, TransmitCause.FeatureLacking, features, DeviceFeatures.ChecksumGeneric, ref observer);
        }
        if ((features & DeviceFeatures.ScatterGather) == 0)
            Tell(TransmitStep.Linearized, TransmitCause.FeatureLacking, features, DeviceFeatures.ScatterGather, ref observer);
    }

    private static void MakeLinearFor<TObserver>(Packet packet, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (packet.IsLinear)
            return;
        bool takesList = packet.FragmentList is null || (features & DeviceFeatures.FragmentList) != 0;
        if (takesList && (features & DeviceFeatures.ScatterGather) != 0)
            return;
        if (Unobserved.IsNot<TObserver>())
        {
            DeviceFeatures missing = (DeviceFeatures.ScatterGather | (takesList ? DeviceFeatures.None : DeviceFeatures.FragmentList)) & ~features;
            Tell(TransmitStep.Linearized, TransmitCause.FeatureLacking, features, missing, ref observer);
        }
        packet.Linearize();
    }

    private static void Tell<TObserver>(
        TransmitStep step, TransmitCause cause, DeviceFeatures features, DeviceFeatures needed, ref TObserver observer)
        where TObserver : struct, ITransmitObserver =>
        observer.Decided(new TransmitDecision { Step = step, Cause = cause, Before = features, After = features, Needed = needed });

    /// <summary>
    /// A payload that fits into one segment makes no super-frame: the packet goes as any other (as Linux takes the GSO type off it).
    /// Unless one of its lengths was left 0 for the device to fill in: then it is cut into one.
    /// </summary>
    private static bool IsOneSegment<TObserver>(Packet packet, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        OffloadState offload = packet.Offload;
        int transport = offload.GsoType.IsTunnel() ? layout.InnerTransport : layout.OuterTransport;
        if (transport < 0 || offload.IsCutAtFragmentList)
            return false;
        // What IP fragments is the datagram, its header too.
        bool isFragmented = (offload.GsoType & GsoType.UdpFragmentation) != 0;
        int length = isFragmented ? layout[transport].Length : layout[transport].ContentLength;
        if (length > offload.GsoSize)
            return false;
        for (int i = 0; i <= transport; i++)
        {
            if (layout[i].LimitedBy is LengthSource.IPv4ZeroLength or LengthSource.IPv6ZeroLength or LengthSource.UdpZeroLength)
                return false;
        }
        if (Unobserved.IsNot<TObserver>())
        {
            observer.Decided(new TransmitDecision
            {
                Step = TransmitStep.NoSuperFrame,
                Cause = TransmitCause.FitsOneSegment,
                Count = length,
                Limit = offload.GsoSize,
            });
        }
        packet.Offload = offload with { GsoType = offload.GsoType & OuterChecksums, GsoSize = 0, GsoSegments = 0 };
        return true;
    }

    private static DropReason Drop<TObserver>(Packet packet, NetDevice device, DropReason reason, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (Unobserved.IsNot<TObserver>())
            observer.Decided(new TransmitDecision { Step = TransmitStep.Dropped, Reason = reason });
        device.Statistics.CountDrop(reason);
        packet.Dispose();
        return reason;
    }
}
