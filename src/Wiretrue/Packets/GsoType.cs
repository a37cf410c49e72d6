namespace Wiretrue.Packets;

/// <summary>How a super-frame is to be cut (<c>SKB_GSO_*</c>, linux/skbuff.h). Numbers are ours; the kernel's are not ABI.</summary>
[Flags]
public enum GsoType : uint
{
    /// <summary>Not a super-frame.</summary>
    None = 0,

    /// <summary>TCP over IPv4 (<c>SKB_GSO_TCPV4</c>).</summary>
    TcpV4 = 1 << 0,

    /// <summary>From a source that is not trusted (<c>SKB_GSO_DODGY</c>): headers are looked at again.</summary>
    Dodgy = 1 << 1,

    /// <summary>TCP with CWR set: the first segment alone keeps it (<c>SKB_GSO_TCP_ECN</c>).</summary>
    TcpEcn = 1 << 2,

    /// <summary>The IPv4 ID stays the same in every segment (<c>SKB_GSO_TCP_FIXEDID</c>).</summary>
    TcpFixedId = 1 << 3,

    /// <summary>TCP over IPv6 (<c>SKB_GSO_TCPV6</c>).</summary>
    TcpV6 = 1 << 4,

    /// <summary>UDP tunnel whose outer checksum is zero (<c>SKB_GSO_UDP_TUNNEL</c>).</summary>
    UdpTunnel = 1 << 10,

    /// <summary>UDP tunnel with an outer checksum (<c>SKB_GSO_UDP_TUNNEL_CSUM</c>).</summary>
    UdpTunnelChecksum = 1 << 11,

    /// <summary>GRE without a checksum (<c>SKB_GSO_GRE</c>).</summary>
    Gre = 1 << 6,

    /// <summary>GRE with a checksum (<c>SKB_GSO_GRE_CSUM</c>).</summary>
    GreChecksum = 1 << 7,

    /// <summary>Anything in IPv4 (<c>SKB_GSO_IPXIP4</c>).</summary>
    IPXIP4 = 1 << 8,

    /// <summary>Anything in IPv6 (<c>SKB_GSO_IPXIP6</c>).</summary>
    IPXIP6 = 1 << 9,

    /// <summary>
    /// The device repeats the outer headers as they are, and divides the inner alone (<c>SKB_GSO_PARTIAL</c>): the lengths are one segment's.
    /// </summary>
    Partial = 1 << 12,

    /// <summary>
    /// The inner checksum is left to the receiver, by remote checksum offload (<c>SKB_GSO_TUNNEL_REMCSUM</c>): it stays partial in segments.
    /// </summary>
    TunnelRemoteChecksum = 1 << 13,

    /// <summary>
    /// SCTP (<c>SKB_GSO_SCTP</c>): each packet of the fragment list is one on the wire, chunks being whole in each; the CRC32c is owed.
    /// </summary>
    Sctp = 1 << 14,

    /// <summary>
    /// Inside ESP (<c>SKB_GSO_ESP</c>): each segment gets a sequence number, and is encrypted afterwards; see <see cref="OffloadState.EspNextHeader"/>.
    /// </summary>
    Esp = 1 << 15,

    /// <summary>
    /// One UDP datagram, cut into IP fragments (<c>SKB_GSO_UDP</c>, UFO); its checksum covers the whole, and is made before.
    /// </summary>
    UdpFragmentation = 1 << 16,

    /// <summary>A UDP super-datagram, cut into datagrams (<c>SKB_GSO_UDP_L4</c>).</summary>
    UdpL4 = 1 << 17,

    /// <summary>
    /// The packets of the fragment list are the segments, as they came (<c>SKB_GSO_FRAGLIST</c>): only their headers are written.
    /// </summary>
    FragmentList = 1 << 18,

    /// <summary>TCP with accurate ECN: CWR is part of a counter, and every segment keeps it (<c>SKB_GSO_TCP_ACCECN</c>).</summary>
    TcpAccurateEcn = 1 << 19,

    /// <summary>
    /// The IPv4 ID of the inner header stays the same (<c>SKB_GSO_TCP_FIXEDID_INNER</c>); of the outer, <see cref="TcpFixedId"/> speaks.
    /// </summary>
    TcpFixedIdInner = 1 << 20,

    /// <summary>What is divided: one of these.</summary>
    TransportMask = TcpV4 | TcpV6 | UdpL4 | UdpFragmentation | Sctp,

    /// <summary>What it is wrapped in: one of these, or none.</summary>
    TunnelMask = UdpTunnel | UdpTunnelChecksum | Gre | GreChecksum | IPXIP4 | IPXIP6,
}
