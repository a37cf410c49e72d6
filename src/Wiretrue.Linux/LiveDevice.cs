using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Linux;

/// <summary>A device of the running kernel as a <see cref="NetDevice"/>: what it would do, not a way to send through it.</summary>
/// <remarks>
/// The kernel does not tell what of its features hold behind a VLAN tag and inside a tunnel (<c>vlan_features</c>, <c>hw_enc_features</c>), nor whether
/// the driver looks at each packet. Behind a tag, everything that it does is taken to hold; inside a tunnel, the same where the device cuts
/// inside tunnels, and else only what the kernel gives every device.
/// </remarks>
public static class LiveDevice
{
    /// <summary>What merging was limited to before the kernel told the limit.</summary>
    private const int UnsaidMaximum = 65536;

    /// <summary>Kinds of virtual devices that look at no headers (<c>passthru_features_check</c>); those of virtio do not either.</summary>
    private static readonly string[] _passThroughKinds = ["veth", "tun", "bridge", "bond", "team", "macvlan"];

    /// <summary>Kinds that are handed what another stack on the same host left owed.</summary>
    private static readonly string[] _owedKinds = ["veth", "tun", "bridge", "macvlan", "netkit"];

    /// <summary>Reads a device of this network namespace.</summary>
    /// <exception cref="DeviceAccessException">There is none of that name, or the kernel does not say.</exception>
    public static NetDevice Read(string name) => Create(LinkAttributes.Read(name), EthtoolFeatures.Read(name));

    /// <summary>Makes the device from what was read of it.</summary>
    /// <param name="link">Its limits.</param>
    /// <param name="states">Its features; words that are not known here are passed over.</param>
    public static NetDevice Create(LinkAttributes link, IReadOnlyList<FeatureState> states)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(states);
        bool virtio = link.ParentBus == "virtio";
        DeviceFeatures active = Those(states, state => state.Active);
        DeviceFeatures hardware = Those(states, state => !state.Fixed);
        DeviceFeatures carried = active & (DeviceFeatures.ChecksumMask | DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList
            | DeviceFeatures.HighDma | DeviceFeatures.GsoMask | DeviceFeatures.ChecksumSctp);
        bool tunnels = (active & DeviceFeatures.TunnelMask) != 0;
        var device = new Device(link.Name, active, link.Mtu, looksAtPackets: !virtio && !_passThroughKinds.Contains(link.Kind))
        {
            HardwareFeatures = hardware,
            ReceivesOwed = virtio || link.IsLoopback || _owedKinds.Contains(link.Kind),
            GroMaxSize = link.GroMaxSize == 0 ? UnsaidMaximum : link.GroMaxSize,
            NeededHeadroom = link.NeededHeadroom,
            NeededTailroom = link.NeededTailroom,
            EncapsulationFeatures = tunnels ? carried : DeviceFeatures.None,
            VlanFeatures = carried,
        };
        if (link.GsoMaxSize != 0)
            device.GsoMaxSize = link.GsoMaxSize;
        if (link.GsoIPv4MaxSize != 0)
            device.GsoIPv4MaxSize = link.GsoIPv4MaxSize;
        if (link.GsoMaxSegments != 0)
            device.GsoMaxSegments = link.GsoMaxSegments;
        Want(device, Those(states, state => state.Requested), active);
        return device;
    }

    // A driver may refuse what the rules allow (ndo_fix_features). What is on is the kernel's word; what is wanted in vain is kept where our
    // rules explain it.
    private static void Want(NetDevice device, DeviceFeatures requested, DeviceFeatures active)
    {
        device.WantedFeatures = requested;
        if (device.Features != active)
            device.WantedFeatures = active;
    }

    private static DeviceFeatures Those(IReadOnlyList<FeatureState> states, Func<FeatureState, bool> which) =>
        states.Where(which).Aggregate(DeviceFeatures.None, (sum, state) => sum | state.Feature);

    /// <summary>A device with the kernel's features, and its own check of them or none.</summary>
    private sealed class Device(string name, DeviceFeatures features, int mtu, bool looksAtPackets) : NetDevice(name, features, mtu)
    {
        public override DeviceFeatures CheckFeatures(Packet packet, DeviceFeatures features) =>
            looksAtPackets ? base.CheckFeatures(packet, features) : features;
    }
}
