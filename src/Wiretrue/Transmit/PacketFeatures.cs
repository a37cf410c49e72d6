using System.Numerics;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Transmit;

/// <summary>What a device does for one packet, which may be less than what it does (<c>netif_skb_features</c>).</summary>
internal static class PacketFeatures
{
    private const DeviceFeatures InParts = ScatterGather | FragmentList | HighDma;

    private const DeviceFeatures ByHeaders = ChecksumFeatures.Any | GsoMask;

    /// <summary>The features that hold for <paramref name="packet"/>, each step told that takes some away.</summary>
    public static DeviceFeatures Of<TObserver>(Packet packet, NetDevice device, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures features = device.Features;
        if (Unobserved.IsNot<TObserver>())
            observer.Decided(new TransmitDecision { Step = TransmitStep.DeviceFeatures, Before = features, After = features });
        if (!IsSameForAll(device, features))
            features = OfHeaders(packet, device, features, ref observer);
        // The kernel looks at the device's features here, not at what the steps before left of them.
        if ((device.Features & HighDma) == 0 && packet.HasHighPages)
            features = Decisions.Narrow(TransmitStep.HighDma, features, features & ~ScatterGather, ref observer);
        return features;
    }

    private static DeviceFeatures OfHeaders<TObserver>(Packet packet, NetDevice device, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        packet.Walk();
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        if (offload.IsGso)
            features = SuperFrameFeatures.Of(packet, device, features, ref observer);
        if (offload.IsEncapsulated)
        {
            DeviceFeatures inside = device.EncapsulationFeatures & ~SharedTunnelFeatures(layout, offload);
            features = Decisions.Narrow(TransmitStep.Encapsulation, features, features & inside, ref observer);
        }
        if (packet.CountVlanTags() > 0)
        {
            DeviceFeatures tagged = FeatureRules.Intersect(features, device.VlanFeatures | VlanInsert | ServiceVlanInsert);
            features = Decisions.Narrow(TransmitStep.Vlan, features, tagged, ref observer);
        }
        features = Decisions.Narrow(TransmitStep.DriverCheck, features, features & device.CheckFeatures(packet, features), ref observer);
        int first = ChecksumFeatures.FirstBehindLink(packet);
        if (first >= 0 && layout[first].Kind == LayerKind.Mpls)
            features = Decisions.Narrow(TransmitStep.Mpls, features, features & device.MplsFeatures, ref observer);
        // A checksum that was verified counts as well: a super-frame of such is cut where the device would have to make new ones.
        if (offload.Checksum != ChecksumState.None && !ChecksumFeatures.CoverFamily(packet, features))
            features = Decisions.Narrow(TransmitStep.Checksum, features, features & ~(ChecksumFeatures.Internet | GsoMask), ref observer);
        return features;
    }

    /// <summary>
    /// Two tunnels of a kind are announced by one bit, so to a device that cuts they would be one tunnel, and the headers between none of its
    /// business: they are cut before, as Linux does with any tunnel that is put around another.
    /// </summary>
    private static DeviceFeatures SharedTunnelFeatures(in PacketLayout layout, in OffloadState offload)
    {
        uint announced = (uint)(offload.GsoType & GsoType.TunnelMask);
        if (announced == 0)
            return DeviceFeatures.None;
        int end = offload.Checksum == ChecksumState.Partial ? offload.ChecksumStart : int.MaxValue;
        int networks = 0;
        for (int i = 0; i < layout.Count && layout[i].Offset < end; i++)
            networks += layout[i].IsNetwork ? 1 : 0;
        return networks - 1 > BitOperations.PopCount(announced) ? TunnelMask : DeviceFeatures.None;
    }

    /// <summary>A device that does nothing by the headers need not be asked what it does, and the packet not be walked.</summary>
    private static bool IsSameForAll(NetDevice device, DeviceFeatures features) =>
        (features & ByHeaders) == 0
        && (features & InParts & ~(device.EncapsulationFeatures & device.VlanFeatures & device.MplsFeatures)) == 0
        && device.GetType() == typeof(NetDevice);
}
