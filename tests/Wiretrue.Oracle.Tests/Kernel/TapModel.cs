using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>The library's model of a TAP device (drivers/net/tun.c).</summary>
internal static class TapModel
{
    private const DeviceFeatures User = ChecksumGeneric | TcpSegmentation | TcpEcnSegmentation | Tcp6Segmentation | UdpSegmentation
        | UdpTunnelSegmentation | UdpTunnelChecksumSegmentation;

    private const DeviceFeatures Always = ScatterGather | FragmentList | GenericSegmentation;

    /// <summary>
    /// One whose reader takes <paramref name="offloads"/> undone. What it has below a VLAN tag does not depend on the reader
    /// (<c>vlan_features</c> is set once); the reader's choice limits it all the same, as both must have a feature.
    /// </summary>
    public static NetDevice Create(TapOffloads offloads) =>
        new PassThroughDevice("tap", Always | VlanInsert | ServiceVlanInsert | FeaturesOf(offloads), mtu: 1500)
        {
            VlanFeatures = Always | User,
            EncapsulationFeatures = Always | User,
        };

    /// <summary>The features that a value of <c>TUNSETOFFLOAD</c> switches on (<c>set_offload</c>).</summary>
    public static DeviceFeatures FeaturesOf(TapOffloads offloads)
    {
        DeviceFeatures features = None;
        foreach ((TapOffloads bits, DeviceFeatures feature) in Table)
        {
            if ((offloads & bits) == bits)
                features |= feature;
        }
        return features;
    }

    private static readonly (TapOffloads Bits, DeviceFeatures Feature)[] Table =
    [
        (TapOffloads.Checksum, ChecksumGeneric),
        (TapOffloads.Tso4, TcpSegmentation),
        (TapOffloads.Tso6, Tcp6Segmentation),
        (TapOffloads.TsoEcn, TcpEcnSegmentation),
        (TapOffloads.Uso4 | TapOffloads.Uso6, UdpSegmentation),
        (TapOffloads.UdpTunnel, UdpTunnelSegmentation),
        (TapOffloads.UdpTunnelChecksum, UdpTunnelChecksumSegmentation),
    ];
}
