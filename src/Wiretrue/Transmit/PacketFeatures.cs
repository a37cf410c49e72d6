using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>What a device does for one packet, which may be less than what it does (<c>netif_skb_features</c>).</summary>
internal static class PacketFeatures
{
    private const DeviceFeatures AnyChecksum = DeviceFeatures.ChecksumMask | DeviceFeatures.ChecksumSctp | DeviceFeatures.NoChecksum;

    /// <summary>The features that hold for <paramref name="packet"/>.</summary>
    public static DeviceFeatures Of<TObserver>(Packet packet, NetDevice device, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures features = device.Features;
        if (Unobserved.IsNot<TObserver>())
            observer.Decided(new TransmitDecision { Step = TransmitStep.DeviceFeatures, Before = features, After = features });
        OffloadState offload = packet.Offload;
        // A device that finishes nothing need not be asked what it finishes, and the packet not be walked.
        if ((features & (AnyChecksum | DeviceFeatures.GsoMask)) == 0)
            return features;

        packet.Walk();
        if (offload.IsGso)
            features = OfSuperFrame(packet, device, features, ref observer);
        if (offload.GsoType.IsTunnel())
            features = Narrow(TransmitStep.Encapsulation, features, features & device.EncapsulationFeatures, ref observer);
        if (HasVlanTag(packet.Layout))
        {
            DeviceFeatures tagged = device.VlanFeatures | DeviceFeatures.VlanInsert | DeviceFeatures.ServiceVlanInsert;
            features = Narrow(TransmitStep.Vlan, features, FeatureRules.Intersect(features, tagged), ref observer);
        }
        features = Narrow(TransmitStep.DriverCheck, features, features & device.CheckFeatures(packet, features), ref observer);
        if (offload.Checksum == ChecksumState.Partial && !CanChecksum(packet, offload, features))
            features = Narrow(TransmitStep.Checksum, features, features & ~(AnyChecksum | DeviceFeatures.GsoMask), ref observer);
        return features;
    }

    /// <summary>True when the super-frame may go as it is (the opposite of <c>netif_needs_gso</c>).</summary>
    public static bool TakesSuperFrame(Packet packet, DeviceFeatures features)
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
    public static bool TakesInspectedSuperFrame(Packet packet, DeviceFeatures features)
    {
        OffloadState offload = packet.Offload;
        return GsoFeatures.Suffice(features | DeviceFeatures.GsoRobust, offload.GsoType)
            && (packet.FragmentList is null || (features & DeviceFeatures.FragmentList) != 0)
            // Linux takes on a debt for TCP alone: a datagram without one may have no checksum at all.
            && (offload.Checksum == ChecksumState.Partial || ((offload.GsoType & GsoType.UdpL4) == 0 && !offload.GsoType.IsTunnel()));
    }

    /// <summary>True when the checksum that is owed is one that the features finish.</summary>
    public static bool CanChecksum(Packet packet, in OffloadState offload, DeviceFeatures features)
    {
        if (offload.ChecksumIsCrc32C)
            return (features & DeviceFeatures.ChecksumSctp) != 0;
        if ((features & (DeviceFeatures.ChecksumGeneric | DeviceFeatures.NoChecksum)) != 0)
            return true;
        if ((features & DeviceFeatures.ChecksumMask) == 0)
            return false;

        // Cards with protocols of their own look for them in the outermost headers, and for TCP and UDP alone.
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        int transport = layout.OuterTransport;
        int network = transport < 0 ? -1 : layout.NetworkOf(transport);
        if (network < 0 || layout[transport].Offset != offload.ChecksumStart)
            return false;
        if (layout[transport].Kind is not (LayerKind.Tcp or LayerKind.Udp))
            return false;
        DeviceFeatures wanted = layout[network].Kind == LayerKind.IPv4 ? DeviceFeatures.ChecksumIPv4 : DeviceFeatures.ChecksumIPv6;
        return (features & wanted) != 0;
    }

    /// <summary>What of the features holds for a super-frame (<c>gso_features_check</c>).</summary>
    private static DeviceFeatures OfSuperFrame<TObserver>(Packet packet, NetDevice device, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures whole = features;
        int length = packet.OriginalLength;
        int segments = packet.Offload.GsoSegments;
        bool tooLong = length >= device.GsoMaxSize;
        if (tooLong || segments > device.GsoMaxSegments)
        {
            features &= ~DeviceFeatures.GsoMask;
            if (Unobserved.IsNot<TObserver>() && features != whole)
            {
                observer.Decided(new TransmitDecision
                {
                    Step = TransmitStep.SegmentLimits,
                    Cause = tooLong ? TransmitCause.TooLong : TransmitCause.TooManySegments,
                    Before = whole,
                    After = features,
                    Count = tooLong ? length : segments,
                    Limit = tooLong ? device.GsoMaxSize : device.GsoMaxSegments,
                });
            }
        }
        // Those it has only for a super-frame whose outer headers are those of one segment already, and none comes here like that.
        return Narrow(TransmitStep.PartialSegmentation, features, features & ~device.PartialGsoFeatures, ref observer);
    }

    private static DeviceFeatures Narrow<TObserver>(TransmitStep step, DeviceFeatures before, DeviceFeatures after, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (Unobserved.IsNot<TObserver>() && before != after)
            observer.Decided(new TransmitDecision { Step = step, Before = before, After = after });
        return after;
    }

    private static bool HasVlanTag(in PacketLayout layout)
    {
        for (int i = 0; i < layout.Count; i++)
        {
            if (layout[i].Kind == LayerKind.Vlan)
                return true;
            if (layout[i].IsNetwork)
                return false;
        }
        return false;
    }
}
