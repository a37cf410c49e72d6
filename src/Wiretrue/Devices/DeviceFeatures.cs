namespace Wiretrue.Devices;

/// <summary>
/// What a device does itself, so that nobody has to do it before (<c>netdev_features_t</c>, <c>NETIF_F_*</c> of linux/netdev_features.h).
/// Each member names the word that ethtool has for it. Numbers are ours; the kernel's are not ABI.
/// </summary>
[Flags]
public enum DeviceFeatures : ulong
{
    /// <summary>Everything is done in software.</summary>
    None = 0,

    /// <summary><c>tx-scatter-gather</c> (<c>NETIF_F_SG</c>): takes a packet in parts.</summary>
    ScatterGather = 1UL << 0,

    /// <summary><c>tx-checksum-ipv4</c> (<c>NETIF_F_IP_CSUM</c>): TCP and UDP over IPv4.</summary>
    ChecksumIPv4 = 1UL << 1,

    /// <summary><c>tx-checksum-ip-generic</c> (<c>NETIF_F_HW_CSUM</c>): any Internet checksum, by start and offset.</summary>
    ChecksumGeneric = 1UL << 3,

    /// <summary><c>tx-checksum-ipv6</c> (<c>NETIF_F_IPV6_CSUM</c>): TCP and UDP over IPv6.</summary>
    ChecksumIPv6 = 1UL << 4,

    /// <summary><c>tx-scatter-gather-fraglist</c> (<c>NETIF_F_FRAGLIST</c>): takes packets with a fragment list.</summary>
    FragmentList = 1UL << 6,

    /// <summary><c>tx-tcp-segmentation</c> (<c>NETIF_F_TSO</c>).</summary>
    TcpSegmentation = 1UL << 16,

    /// <summary><c>tx-gso-robust</c> (<c>NETIF_F_GSO_ROBUST</c>): super-frames from untrusted sources as well.</summary>
    GsoRobust = 1UL << 17,

    /// <summary><c>tx-tcp-ecn-segmentation</c> (<c>NETIF_F_TSO_ECN</c>): clears CWR after the first segment.</summary>
    TcpEcnSegmentation = 1UL << 18,

    /// <summary><c>tx-tcp-mangleid-segmentation</c> (<c>NETIF_F_TSO_MANGLEID</c>): may give segments any IPv4 ID.</summary>
    TcpMangleIdSegmentation = 1UL << 19,

    /// <summary><c>tx-tcp6-segmentation</c> (<c>NETIF_F_TSO6</c>).</summary>
    Tcp6Segmentation = 1UL << 20,

    /// <summary><c>tx-gre-segmentation</c> (<c>NETIF_F_GSO_GRE</c>).</summary>
    GreSegmentation = 1UL << 22,

    /// <summary><c>tx-gre-csum-segmentation</c> (<c>NETIF_F_GSO_GRE_CSUM</c>).</summary>
    GreChecksumSegmentation = 1UL << 23,

    /// <summary><c>tx-ipxip4-segmentation</c> (<c>NETIF_F_GSO_IPXIP4</c>).</summary>
    IPXIP4Segmentation = 1UL << 24,

    /// <summary><c>tx-ipxip6-segmentation</c> (<c>NETIF_F_GSO_IPXIP6</c>).</summary>
    IPXIP6Segmentation = 1UL << 25,

    /// <summary><c>tx-udp_tnl-segmentation</c> (<c>NETIF_F_GSO_UDP_TUNNEL</c>).</summary>
    UdpTunnelSegmentation = 1UL << 26,

    /// <summary><c>tx-udp_tnl-csum-segmentation</c> (<c>NETIF_F_GSO_UDP_TUNNEL_CSUM</c>).</summary>
    UdpTunnelChecksumSegmentation = 1UL << 27,

    /// <summary><c>tx-udp-segmentation</c> (<c>NETIF_F_GSO_UDP_L4</c>).</summary>
    UdpSegmentation = 1UL << 33,

    /// <summary><c>tx-checksum-sctp</c> (<c>NETIF_F_SCTP_CRC</c>): CRC32c.</summary>
    ChecksumSctp = 1UL << 36,

    /// <summary>Every feature that finishes an Internet checksum (<c>NETIF_F_CSUM_MASK</c>).</summary>
    ChecksumMask = ChecksumIPv4 | ChecksumIPv6 | ChecksumGeneric,

    /// <summary>Every feature that cuts super-frames (<c>NETIF_F_GSO_MASK</c>).</summary>
    GsoMask = TcpSegmentation | GsoRobust | TcpEcnSegmentation | TcpMangleIdSegmentation | Tcp6Segmentation | GreSegmentation
        | GreChecksumSegmentation | IPXIP4Segmentation | IPXIP6Segmentation | UdpTunnelSegmentation | UdpTunnelChecksumSegmentation
        | UdpSegmentation,
}
