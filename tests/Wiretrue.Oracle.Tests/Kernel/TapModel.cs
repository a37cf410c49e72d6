using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>The library's model of a TAP device (drivers/net/tun.c).</summary>
internal static class TapModel
{
    /// <summary>What the reader has a say in (<c>TUN_USER_FEATURES</c>).</summary>
    public const DeviceFeatures Readers = ChecksumGeneric | TcpSegmentation | TcpEcnSegmentation | Tcp6Segmentation | UdpSegmentation
        | UdpTunnelSegmentation | UdpTunnelChecksumSegmentation;

    private const DeviceFeatures Always = ScatterGather | FragmentList | GenericSegmentation;

    /// <summary>Every value of <c>TUNSETOFFLOAD</c> that the kernel accepts.</summary>
    public static TapOffloads[] Accepted { get; } =
        [.. new uint[] { 0, 0x01, 0x03, 0x05, 0x07, 0x0F, 0x11, 0x1F, 0x61, 0x6F, 0x7F, 0xEF, 0x1EF }.Select(bits => (TapOffloads)bits)];

    /// <summary>
    /// One whose reader takes <paramref name="offloads"/> undone. What it has below a VLAN tag does not depend on the reader
    /// (<c>vlan_features</c> is set once); the reader's choice limits it all the same, as both must have a feature.
    /// </summary>
    public static NetDevice Create(TapOffloads offloads)
    {
        DeviceFeatures features = Always | VlanInsert | ServiceVlanInsert | FeaturesOf(offloads);
        return new PassThroughDevice("tap", features, mtu: 1500)
        {
            // What can cut TCP over IPv4 may be asked to do so without counting IDs (register_netdevice), and is not at first.
            HardwareFeatures = features | TcpMangleIdSegmentation,
            VlanFeatures = Always | Readers,
            EncapsulationFeatures = Always | Readers | VlanInsert | ServiceVlanInsert,
        };
    }

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

    /// <summary>
    /// Whether a reader may ask for these together. Nothing can be left uncut whose checksum is not left undone; ECN is said of TCP; datagrams
    /// come over both families; and what cannot be left uncut outside of a tunnel cannot be inside.
    /// </summary>
    public static bool IsPossible(TapOffloads offloads)
    {
        bool checksum = (offloads & TapOffloads.Checksum) != 0;
        bool tcp = (offloads & (TapOffloads.Tso4 | TapOffloads.Tso6)) != 0;
        bool datagrams = (offloads & TapOffloads.Uso4) != 0;
        bool tunnel = (offloads & TapOffloads.UdpTunnel) != 0;
        if ((offloads & ~Known) != 0 || (!checksum && offloads != TapOffloads.None))
            return false;
        if (datagrams != ((offloads & TapOffloads.Uso6) != 0) || (!tcp && (offloads & TapOffloads.TsoEcn) != 0))
            return false;
        return tunnel ? tcp || datagrams : (offloads & TapOffloads.UdpTunnelChecksum) == 0;
    }

    private const TapOffloads Known = TapOffloads.Checksum | TapOffloads.Tso4 | TapOffloads.Tso6 | TapOffloads.TsoEcn | TapOffloads.Ufo
        | TapOffloads.Uso4 | TapOffloads.Uso6 | TapOffloads.UdpTunnel | TapOffloads.UdpTunnelChecksum;

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
