using Wiretrue.Devices;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>The library's model of what the kernel's VXLAN device takes undone, before it encapsulates (drivers/net/vxlan/vxlan_core.c).</summary>
internal static class VxlanDeviceModel
{
    private const DeviceFeatures Features = ScatterGather | ChecksumGeneric | FragmentList | ReceiveChecksum | SoftwareSegmentationMask;

    /// <summary>A new one: a tag that stands outside of the bytes is put into them, as it has to be in the tunnel.</summary>
    public static NetDevice Create() => new("vxlan", Features | GenericSegmentation | Lockless, mtu: 65400)
    {
        VlanFeatures = Features,
    };
}
