using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Which features it takes to leave a super-frame to the device.</summary>
internal static class GsoFeatures
{
    private static readonly (GsoType Type, DeviceFeatures Feature)[] Table =
    [
        (GsoType.TcpV4, DeviceFeatures.TcpSegmentation),
        (GsoType.Dodgy, DeviceFeatures.GsoRobust),
        (GsoType.TcpEcn, DeviceFeatures.TcpEcnSegmentation),
        (GsoType.TcpAccurateEcn, DeviceFeatures.TcpAccurateEcnSegmentation),
        (GsoType.TcpFixedId, DeviceFeatures.TcpMangleIdSegmentation),
        (GsoType.TcpFixedIdInner, DeviceFeatures.TcpMangleIdSegmentation),
        (GsoType.TcpV6, DeviceFeatures.Tcp6Segmentation),
        (GsoType.Gre, DeviceFeatures.GreSegmentation),
        (GsoType.GreChecksum, DeviceFeatures.GreChecksumSegmentation),
        (GsoType.IPXIP4, DeviceFeatures.IPXIP4Segmentation),
        (GsoType.IPXIP6, DeviceFeatures.IPXIP6Segmentation),
        (GsoType.UdpTunnel, DeviceFeatures.UdpTunnelSegmentation),
        (GsoType.UdpTunnelChecksum, DeviceFeatures.UdpTunnelChecksumSegmentation),
        (GsoType.Partial, DeviceFeatures.PartialSegmentation),
        (GsoType.TunnelRemoteChecksum, DeviceFeatures.RemoteChecksumSegmentation),
        (GsoType.Sctp, DeviceFeatures.SctpSegmentation),
        (GsoType.Esp, DeviceFeatures.EspSegmentation),
        (GsoType.UdpFragmentation, DeviceFeatures.UdpFragmentation),
        (GsoType.UdpL4, DeviceFeatures.UdpSegmentation),
        (GsoType.FragmentList, DeviceFeatures.ListSegmentation),
    ];

    /// <summary>
    /// True when <paramref name="features"/> hold one for each bit of <paramref name="type"/>, which has one (<c>net_gso_ok</c>).
    /// </summary>
    public static bool Suffice(DeviceFeatures features, GsoType type)
    {
        if ((type & GsoType.TransportMask) == 0)
            return false;
        foreach ((GsoType bit, DeviceFeatures feature) in Table)
        {
            if ((type & bit) != 0 && (features & feature) == 0)
                return false;
            type &= ~bit;
        }
        return type == GsoType.None;
    }

    /// <summary>The features that <paramref name="type"/> needs and <paramref name="features"/> do not have.</summary>
    public static DeviceFeatures Missing(DeviceFeatures features, GsoType type)
    {
        DeviceFeatures missing = DeviceFeatures.None;
        foreach ((GsoType bit, DeviceFeatures feature) in Table)
        {
            if ((type & bit) != 0)
                missing |= feature & ~features;
        }
        return missing;
    }

    /// <summary>The features by which a device cuts <paramref name="type"/>.</summary>
    public static DeviceFeatures For(GsoType type) => Missing(DeviceFeatures.None, type);
}
