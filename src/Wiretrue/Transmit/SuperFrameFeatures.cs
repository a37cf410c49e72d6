using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Transmit;

/// <summary>What of a device's features holds for a super-frame (<c>gso_features_check</c>).</summary>
internal static class SuperFrameFeatures
{
    private const GsoType WithExtensions = GsoType.TcpV6 | GsoType.UdpL4;

    /// <summary>Takes away what the super-frame is too large for, or what its headers rule out; the packet was walked.</summary>
    public static DeviceFeatures Of<TObserver>(Packet packet, NetDevice device, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        OffloadState offload = packet.Offload;
        int longest = IsIPv6(packet.Layout) ? device.GsoMaxSize : device.GsoIPv4MaxSize;
        TransmitCause limit = packet.OriginalLength >= longest ? TransmitCause.TooLong
            : offload.GsoSegments > device.GsoMaxSegments ? TransmitCause.TooManySegments : TransmitCause.None;
        if (limit != TransmitCause.None || (offload.GsoType & GsoType.TransportMask) == 0)
        {
            TellLimit(packet, features, limit, limit == TransmitCause.TooLong ? longest : device.GsoMaxSegments, ref observer);
            return features & ~GsoMask;
        }

        // The outer headers must be made those of one segment before; what needs that comes back when they are.
        if ((offload.GsoType & GsoType.Partial) == 0)
            features = Decisions.Narrow(TransmitStep.PartialSegmentation, features, features & ~device.PartialGsoFeatures, ref observer);
        if ((offload.GsoType & GsoType.TcpV4) != 0 && !CannotBeFragmented(packet))
            features = Decisions.Narrow(TransmitStep.FragmentableId, features, features & ~device.MangleIdFeatures, ref observer);
        if ((features & ChecksumIPv6) != 0 && (offload.GsoType & WithExtensions) != 0 && ChecksumFeatures.HasIPv6Extensions(packet))
        {
            DeviceFeatures left = features & ~(ChecksumIPv6 | Tcp6Segmentation | UdpSegmentation);
            features = Decisions.Narrow(TransmitStep.ExtensionHeaders, features, left, ref observer);
        }
        return features;
    }

    private static void TellLimit<TObserver>(Packet packet, DeviceFeatures features, TransmitCause cause, int limit, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (!Unobserved.IsNot<TObserver>() || (features & GsoMask) == 0)
            return;
        observer.Decided(new TransmitDecision
        {
            Step = TransmitStep.SegmentLimits,
            Cause = cause,
            Before = features,
            After = features & ~GsoMask,
            Count = cause == TransmitCause.TooLong ? packet.OriginalLength : packet.Offload.GsoSegments,
            Limit = limit,
        });
    }

    /// <summary>
    /// IPv6 at once behind the link header: the kernel compares <c>skb->protocol</c> (<c>netif_get_gso_max_size</c>), which is the VLAN's when
    /// there is a tag in the bytes.
    /// </summary>
    private static bool IsIPv6(in PacketLayout layout)
    {
        int network = layout.OuterNetwork;
        return network >= 0 && layout[network].Kind == LayerKind.IPv6 && (network == 0 || layout[network - 1].Kind != LayerKind.Vlan);
    }

    /// <summary>
    /// True when DF is set in the header whose ID would be mangled, the inner one of a tunnel: then no router needs the ID (RFC 6864 4.1).
    /// </summary>
    private static bool CannotBeFragmented(Packet packet)
    {
        ref PacketLayout layout = ref packet.Layout;
        int transport = packet.Offload.IsEncapsulated ? layout.InnerTransport : layout.OuterTransport;
        int network = transport < 0 ? -1 : layout.NetworkOf(transport);
        return network >= 0
            && IPv4Header.TryCreate(packet.Linear[layout[network].Offset..], out IPv4Header header)
            && header.DontFragment;
    }
}
