namespace Wiretrue.Devices;

/// <summary>
/// What a device does itself, so that nobody has to do it before (<c>netdev_features_t</c>, <c>NETIF_F_*</c> of linux/netdev_features.h).
/// Each member's summary begins with ethtool's word for it; <see cref="FeatureNames"/> prints and parses these.
/// Numbers are ours; the kernel's are not ABI.
/// </summary>
/// <remarks>
/// The kernel's list as of 6.18, with what older ones had (<see cref="NoChecksum"/>, <see cref="UdpFragmentation"/>, <see cref="Lockless"/>,
/// <see cref="NamespaceLocal"/>), all but <c>NETIF_F_FCOE_MTU</c>, which does nothing to a packet.
/// </remarks>
[Flags]
public enum DeviceFeatures : ulong
{
    /// <summary>Everything is done in software.</summary>
    None = 0,

    /// <summary><c>tx-scatter-gather</c> (<c>NETIF_F_SG</c>): takes a packet in parts.</summary>
    ScatterGather = 1UL << 0,

    /// <summary><c>tx-checksum-ipv4</c> (<c>NETIF_F_IP_CSUM</c>): TCP and UDP over IPv4.</summary>
    ChecksumIPv4 = 1UL << 1,

    /// <summary>
    /// <c>tx-checksum-unneeded</c> (<c>NETIF_F_NO_CSUM</c>): a reliable medium, where nobody looks at checksums. Linux had it until 3.2.
    /// </summary>
    NoChecksum = 1UL << 2,

    /// <summary><c>tx-checksum-ip-generic</c> (<c>NETIF_F_HW_CSUM</c>): any Internet checksum, by start and offset.</summary>
    ChecksumGeneric = 1UL << 3,

    /// <summary><c>tx-checksum-ipv6</c> (<c>NETIF_F_IPV6_CSUM</c>): TCP and UDP over IPv6.</summary>
    ChecksumIPv6 = 1UL << 4,

    /// <summary><c>highdma</c> (<c>NETIF_F_HIGHDMA</c>): reaches pages anywhere in memory.</summary>
    HighDma = 1UL << 5,

    /// <summary><c>tx-scatter-gather-fraglist</c> (<c>NETIF_F_FRAGLIST</c>): takes packets with a fragment list.</summary>
    FragmentList = 1UL << 6,

    /// <summary><c>tx-vlan-hw-insert</c> (<c>NETIF_F_HW_VLAN_CTAG_TX</c>): puts an 802.1Q tag into the bytes.</summary>
    VlanInsert = 1UL << 7,

    /// <summary><c>rx-vlan-hw-parse</c> (<c>NETIF_F_HW_VLAN_CTAG_RX</c>): takes an 802.1Q tag out of the bytes.</summary>
    VlanParse = 1UL << 8,

    /// <summary><c>rx-vlan-filter</c> (<c>NETIF_F_HW_VLAN_CTAG_FILTER</c>): lets only chosen 802.1Q tags in.</summary>
    VlanFilter = 1UL << 9,

    /// <summary><c>vlan-challenged</c> (<c>NETIF_F_VLAN_CHALLENGED</c>): cannot carry VLAN tags at all.</summary>
    VlanChallenged = 1UL << 10,

    /// <summary><c>tx-generic-segmentation</c> (<c>NETIF_F_GSO</c>): is given super-frames as late as can be; software cuts them.</summary>
    GenericSegmentation = 1UL << 11,

    /// <summary>
    /// <c>tx-lockless</c> (<c>NETIF_F_LLTX</c>): needs no lock around its transmit function.
    /// Since Linux 6.12 no feature, but a bit of the device.
    /// </summary>
    Lockless = 1UL << 12,

    /// <summary>
    /// <c>netns-local</c> (<c>NETIF_F_NETNS_LOCAL</c>): stays in its network namespace.
    /// Since Linux 6.12 no feature, but a bit of the device.
    /// </summary>
    NamespaceLocal = 1UL << 13,

    /// <summary><c>rx-gro</c> (<c>NETIF_F_GRO</c>): what it receives is merged by software.</summary>
    GenericReceive = 1UL << 14,

    /// <summary><c>rx-lro</c> (<c>NETIF_F_LRO</c>): merges what it receives, so that it cannot be undone.</summary>
    LargeReceive = 1UL << 15,

    /// <summary><c>tx-tcp-segmentation</c> (<c>NETIF_F_TSO</c>): cuts TCP over IPv4.</summary>
    TcpSegmentation = 1UL << 16,

    /// <summary><c>tx-gso-robust</c> (<c>NETIF_F_GSO_ROBUST</c>): cuts super-frames from untrusted sources as well.</summary>
    GsoRobust = 1UL << 17,

    /// <summary><c>tx-tcp-ecn-segmentation</c> (<c>NETIF_F_TSO_ECN</c>): clears CWR after the first segment.</summary>
    TcpEcnSegmentation = 1UL << 18,

    /// <summary><c>tx-tcp-mangleid-segmentation</c> (<c>NETIF_F_TSO_MANGLEID</c>): may give segments any IPv4 ID.</summary>
    TcpMangleIdSegmentation = 1UL << 19,

    /// <summary><c>tx-tcp6-segmentation</c> (<c>NETIF_F_TSO6</c>): cuts TCP over IPv6.</summary>
    Tcp6Segmentation = 1UL << 20,

    /// <summary><c>tx-fcoe-segmentation</c> (<c>NETIF_F_FSO</c>): cuts Fibre Channel over Ethernet.</summary>
    FcoeSegmentation = 1UL << 21,

    /// <summary><c>tx-gre-segmentation</c> (<c>NETIF_F_GSO_GRE</c>): cuts inside GRE.</summary>
    GreSegmentation = 1UL << 22,

    /// <summary><c>tx-gre-csum-segmentation</c> (<c>NETIF_F_GSO_GRE_CSUM</c>): cuts inside GRE with a checksum.</summary>
    GreChecksumSegmentation = 1UL << 23,

    /// <summary><c>tx-ipxip4-segmentation</c> (<c>NETIF_F_GSO_IPXIP4</c>): cuts inside IPv4 (anything in IPv4).</summary>
    IPXIP4Segmentation = 1UL << 24,

    /// <summary><c>tx-ipxip6-segmentation</c> (<c>NETIF_F_GSO_IPXIP6</c>): cuts inside IPv6 (anything in IPv6).</summary>
    IPXIP6Segmentation = 1UL << 25,

    /// <summary><c>tx-udp_tnl-segmentation</c> (<c>NETIF_F_GSO_UDP_TUNNEL</c>): cuts inside a UDP tunnel.</summary>
    UdpTunnelSegmentation = 1UL << 26,

    /// <summary>
    /// <c>tx-udp_tnl-csum-segmentation</c> (<c>NETIF_F_GSO_UDP_TUNNEL_CSUM</c>): cuts inside a UDP tunnel with an outer checksum.
    /// </summary>
    UdpTunnelChecksumSegmentation = 1UL << 27,

    /// <summary>
    /// <c>tx-gso-partial</c> (<c>NETIF_F_GSO_PARTIAL</c>):
    /// cuts what the device does not know itself, once software has made the outer headers those of one segment.
    /// </summary>
    PartialSegmentation = 1UL << 28,

    /// <summary>
    /// <c>tx-tunnel-remcsum-segmentation</c> (<c>NETIF_F_GSO_TUNNEL_REMCSUM</c>): cuts a tunnel with remote checksum offload.
    /// </summary>
    RemoteChecksumSegmentation = 1UL << 29,

    /// <summary><c>tx-sctp-segmentation</c> (<c>NETIF_F_GSO_SCTP</c>): cuts SCTP at its chunks.</summary>
    SctpSegmentation = 1UL << 30,

    /// <summary><c>tx-esp-segmentation</c> (<c>NETIF_F_GSO_ESP</c>): cuts inside ESP.</summary>
    EspSegmentation = 1UL << 31,

    /// <summary><c>tx-udp-fragmentation</c> (<c>NETIF_F_GSO_UDP</c>): cuts UDP into IP fragments (UFO).</summary>
    UdpFragmentation = 1UL << 32,

    /// <summary><c>tx-udp-segmentation</c> (<c>NETIF_F_GSO_UDP_L4</c>): cuts UDP into datagrams (USO).</summary>
    UdpSegmentation = 1UL << 33,

    /// <summary><c>tx-gso-list</c> (<c>NETIF_F_GSO_FRAGLIST</c>): gives back the packets that a fragment list was made from.</summary>
    ListSegmentation = 1UL << 34,

    /// <summary><c>tx-tcp-accecn-segmentation</c> (<c>NETIF_F_GSO_ACCECN</c>): leaves CWR as it is in every segment.</summary>
    TcpAccurateEcnSegmentation = 1UL << 35,

    /// <summary><c>tx-checksum-fcoe-crc</c> (<c>NETIF_F_FCOE_CRC</c>): the CRC of Fibre Channel over Ethernet.</summary>
    ChecksumFcoe = 1UL << 36,

    /// <summary><c>tx-checksum-sctp</c> (<c>NETIF_F_SCTP_CRC</c>): CRC32c.</summary>
    ChecksumSctp = 1UL << 37,

    /// <summary><c>rx-ntuple-filter</c> (<c>NETIF_F_NTUPLE</c>): steers what it receives by rules.</summary>
    NtupleFilter = 1UL << 38,

    /// <summary><c>rx-hashing</c> (<c>NETIF_F_RXHASH</c>): gives a hash of the addresses with what it receives.</summary>
    ReceiveHash = 1UL << 39,

    /// <summary><c>rx-checksum</c> (<c>NETIF_F_RXCSUM</c>): looks at the checksums of what it receives.</summary>
    ReceiveChecksum = 1UL << 40,

    /// <summary><c>tx-nocache-copy</c> (<c>NETIF_F_NOCACHE_COPY</c>): user data is copied past the cache.</summary>
    NoCacheCopy = 1UL << 41,

    /// <summary><c>loopback</c> (<c>NETIF_F_LOOPBACK</c>): what is sent comes back.</summary>
    Loopback = 1UL << 42,

    /// <summary><c>rx-fcs</c> (<c>NETIF_F_RXFCS</c>): leaves the frame check sequence on what it receives.</summary>
    ReceiveFcs = 1UL << 43,

    /// <summary><c>rx-all</c> (<c>NETIF_F_RXALL</c>): gives broken frames as well.</summary>
    ReceiveAll = 1UL << 44,

    /// <summary><c>tx-vlan-stag-hw-insert</c> (<c>NETIF_F_HW_VLAN_STAG_TX</c>): puts an 802.1ad tag into the bytes.</summary>
    ServiceVlanInsert = 1UL << 45,

    /// <summary><c>rx-vlan-stag-hw-parse</c> (<c>NETIF_F_HW_VLAN_STAG_RX</c>): takes an 802.1ad tag out of the bytes.</summary>
    ServiceVlanParse = 1UL << 46,

    /// <summary><c>rx-vlan-stag-filter</c> (<c>NETIF_F_HW_VLAN_STAG_FILTER</c>): lets only chosen 802.1ad tags in.</summary>
    ServiceVlanFilter = 1UL << 47,

    /// <summary><c>l2-fwd-offload</c> (<c>NETIF_F_HW_L2FW_DOFFLOAD</c>): forwards frames between upper devices.</summary>
    LinkForwarding = 1UL << 48,

    /// <summary><c>hw-tc-offload</c> (<c>NETIF_F_HW_TC</c>): applies tc's filters.</summary>
    TrafficControl = 1UL << 49,

    /// <summary><c>esp-hw-offload</c> (<c>NETIF_F_HW_ESP</c>): encrypts ESP.</summary>
    Esp = 1UL << 50,

    /// <summary><c>esp-tx-csum-hw-offload</c> (<c>NETIF_F_HW_ESP_TX_CSUM</c>): finishes a checksum inside ESP.</summary>
    EspChecksum = 1UL << 51,

    /// <summary><c>rx-udp_tunnel-port-offload</c> (<c>NETIF_F_RX_UDP_TUNNEL_PORT</c>): wants to be told the ports of UDP tunnels.</summary>
    UdpTunnelPorts = 1UL << 52,

    /// <summary><c>tls-hw-tx-offload</c> (<c>NETIF_F_HW_TLS_TX</c>): encrypts TLS records.</summary>
    TlsTransmit = 1UL << 53,

    /// <summary><c>tls-hw-rx-offload</c> (<c>NETIF_F_HW_TLS_RX</c>): decrypts TLS records.</summary>
    TlsReceive = 1UL << 54,

    /// <summary><c>rx-gro-hw</c> (<c>NETIF_F_GRO_HW</c>): merges what it receives, so that it can be undone.</summary>
    GenericReceiveHardware = 1UL << 55,

    /// <summary><c>tls-hw-record</c> (<c>NETIF_F_HW_TLS_RECORD</c>): does the whole of TLS.</summary>
    TlsRecord = 1UL << 56,

    /// <summary><c>rx-gro-list</c> (<c>NETIF_F_GRO_FRAGLIST</c>): what it receives is merged into fragment lists.</summary>
    GenericReceiveList = 1UL << 57,

    /// <summary><c>macsec-hw-offload</c> (<c>NETIF_F_HW_MACSEC</c>): encrypts MACsec.</summary>
    Macsec = 1UL << 58,

    /// <summary><c>rx-udp-gro-forwarding</c> (<c>NETIF_F_GRO_UDP_FWD</c>): UDP is merged though no socket here asked for it.</summary>
    GenericReceiveUdpForwarding = 1UL << 59,

    /// <summary><c>hsr-tag-ins-offload</c> (<c>NETIF_F_HW_HSR_TAG_INS</c>): puts tags of HSR or PRP in.</summary>
    HsrTagInsert = 1UL << 60,

    /// <summary><c>hsr-tag-rm-offload</c> (<c>NETIF_F_HW_HSR_TAG_RM</c>): takes tags of HSR or PRP out.</summary>
    HsrTagRemove = 1UL << 61,

    /// <summary><c>hsr-fwd-offload</c> (<c>NETIF_F_HW_HSR_FWD</c>): forwards in an HSR ring.</summary>
    HsrForwarding = 1UL << 62,

    /// <summary><c>hsr-dup-offload</c> (<c>NETIF_F_HW_HSR_DUP</c>): sends each frame both ways round an HSR ring.</summary>
    HsrDuplicate = 1UL << 63,

    /// <summary>Every feature that finishes an Internet checksum (<c>NETIF_F_CSUM_MASK</c>).</summary>
    ChecksumMask = ChecksumIPv4 | ChecksumIPv6 | ChecksumGeneric,

    /// <summary>TCP of both kinds, with the two that say how (<c>NETIF_F_ALL_TSO</c>).</summary>
    TcpMask = TcpSegmentation | Tcp6Segmentation | TcpEcnSegmentation | TcpMangleIdSegmentation,

    /// <summary>What wraps a packet in another one (<c>NETIF_F_GSO_ENCAP_ALL</c>).</summary>
    TunnelMask = GreSegmentation | GreChecksumSegmentation | IPXIP4Segmentation | IPXIP6Segmentation | UdpTunnelSegmentation
        | UdpTunnelChecksumSegmentation,

    /// <summary>What software can cut as late as at a virtual device (<c>NETIF_F_GSO_SOFTWARE</c>).</summary>
    SoftwareSegmentationMask = TcpMask | TcpAccurateEcnSegmentation | SctpSegmentation | UdpSegmentation | ListSegmentation,

    /// <summary>Every feature that cuts super-frames (<c>NETIF_F_GSO_MASK</c>).</summary>
    GsoMask = SoftwareSegmentationMask | TunnelMask | GsoRobust | FcoeSegmentation | PartialSegmentation | RemoteChecksumSegmentation
        | EspSegmentation | UdpFragmentation,

    /// <summary>What belongs to the device for as long as it lives (<c>NETIF_F_NEVER_CHANGE</c>, with what used to be in it).</summary>
    NeverChangeMask = VlanChallenged | Lockless | NamespaceLocal,

    /// <summary>What software does for every device, so that it may always be switched (<c>NETIF_F_SOFT_FEATURES</c>).</summary>
    SoftwareMask = GenericSegmentation | GenericReceive | GenericReceiveList | GenericReceiveUdpForwarding,
}
