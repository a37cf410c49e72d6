using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;

namespace Wiretrue.Transmit;

/// <summary>Leaves a super-frame to the device, or cuts it (<c>netif_needs_gso</c>, <c>skb_gso_segment</c>).</summary>
internal static class SuperFrames
{
    /// <summary>True when the super-frame may go as it is (the opposite of <c>netif_needs_gso</c>).</summary>
    public static bool AreTaken(Packet packet, DeviceFeatures features)
    {
        OffloadState offload = packet.Offload;
        return GsoFeatures.Suffice(features, offload.GsoType)
            && (packet.FragmentList is null || (features & DeviceFeatures.FragmentList) != 0)
            && offload.Checksum is ChecksumState.Partial or ChecksumState.Unnecessary;
    }

    /// <summary>
    /// True when all that is missing is a look at the headers of a source that is not trusted, or a checksum that is owed to begin with
    /// (<c>skb_gso_ok</c> with <c>NETIF_F_GSO_ROBUST</c>, as each protocol's segmentation asks once it has looked).
    /// </summary>
    public static bool AreTakenOnceInspected(Packet packet, DeviceFeatures features)
    {
        OffloadState offload = packet.Offload;
        return GsoFeatures.Suffice(features | DeviceFeatures.GsoRobust, offload.GsoType)
            && (packet.FragmentList is null || (features & DeviceFeatures.FragmentList) != 0)
            // Linux takes on a debt for TCP alone: a datagram without one may have no checksum at all.
            && (offload.Checksum == ChecksumState.Partial || ((offload.GsoType & GsoType.UdpL4) == 0 && !offload.GsoType.IsTunnel()));
    }

    /// <summary>Looks at the headers as if to cut, and leaves the super-frame whole.</summary>
    public static DropReason Inspect<TObserver>(Packet packet, ref TObserver observer)
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

    /// <summary>Cuts the super-frame, and gives it back; its segments are added to <paramref name="ready"/>, in order.</summary>
    public static DropReason Segment<TObserver>(
        Packet packet, NetDevice device, DeviceFeatures features, PacketQueue ready, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        Packet? last = ready.Last;
        int count = ready.Count;
        DropReason reason = GenericSegmentation.Segment(packet, ForSegments(packet, device, features), ready);
        if (reason != DropReason.None)
            return reason;
        Packet? first = last is null ? ready.First : last.Next;
        if (Unobserved.IsNot<TObserver>())
            Tell(packet, features, first!, ready.Last!, ready.Count - count, ref observer);
        packet.Dispose();
        if ((features & DeviceFeatures.ScatterGather) == 0)
        {
            for (Packet? segment = first; segment is not null; segment = segment.Next)
                segment.Linearize();
        }
        DeviceRoom.ReserveAll(first, device, features);
        return DropReason.None;
    }

    /// <summary>
    /// A payload that fits into one segment makes no super-frame: the packet goes as any other (as Linux takes the GSO type off it).
    /// Unless one of its lengths was left 0 for the device to fill in: then it is cut into one.
    /// </summary>
    public static bool TryTakeOffType<TObserver>(Packet packet, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        OffloadState offload = packet.Offload;
        int transport = offload.GsoType.IsTunnel() ? layout.InnerTransport : layout.OuterTransport;
        // A piece that its device is to cut further has the lengths of one frame.
        bool isPiece = (offload.GsoType & GsoType.Partial) != 0;
        // A checksum that is left to the receiver stays half-made, which completing it as any other's would not do.
        bool isRemote = (offload.GsoType & GsoType.TunnelRemoteChecksum) != 0;
        if (transport < 0 || offload.IsCutAtFragmentList || isPiece || isRemote)
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
        packet.Offload = offload with { GsoType = offload.GsoType & GsoTypeExtensions.OuterChecksums, GsoSize = 0, GsoSegments = 0 };
        return true;
    }

    /// <summary>What cutting is told of the device.</summary>
    private static DeviceFeatures ForSegments(Packet packet, NetDevice device, DeviceFeatures features)
    {
        // Where nobody looks at checksums, none is made: they stay owed.
        if ((features & DeviceFeatures.NoChecksum) != 0)
            features |= DeviceFeatures.ChecksumGeneric;
        // Cutting in part is of use only when the device can do the rest (__skb_gso_segment).
        DeviceFeatures rest = DeviceFeatures.GsoRobust | (device.Features & device.PartialGsoFeatures);
        if (!GsoFeatures.Suffice(features | rest, packet.Offload.GsoType))
            features &= ~DeviceFeatures.PartialSegmentation;
        return features;
    }

    private static void Tell<TObserver>(
        Packet packet, DeviceFeatures features, Packet first, Packet last, int count, ref TObserver observer)
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
        ChecksumCompletion.TellOfSegments(packet, first.Offload, last.Offload, features, ref observer);
        // A piece of several segments, for a device that repeats the outer headers as they are.
        if (first.Offload.IsGso)
            Decisions.Tell(TransmitStep.SegmentationLeft, TransmitCause.DeviceDoes, features, DeviceFeatures.PartialSegmentation, ref observer);
        if ((features & DeviceFeatures.ScatterGather) == 0)
            Decisions.Tell(TransmitStep.Linearized, TransmitCause.FeatureLacking, features, DeviceFeatures.ScatterGather, ref observer);
    }
}
