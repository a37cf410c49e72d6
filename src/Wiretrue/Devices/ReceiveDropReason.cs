namespace Wiretrue.Devices;

/// <summary>Why a packet was dropped on its way in (<c>enum skb_drop_reason</c>, net/dropreason-core.h).</summary>
public enum ReceiveDropReason : byte
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>A header reaches past what carries it (<c>SKB_DROP_REASON_HDR_TRUNC</c>).</summary>
    HeaderIncomplete,

    /// <summary>An IP header's version, header length or total length is impossible (<c>SKB_DROP_REASON_IP_INHDR</c>, <c>InHdrErrors</c>).</summary>
    IPHeaderInvalid,

    /// <summary>The IPv4 header's checksum is wrong (<c>SKB_DROP_REASON_IP_CSUM</c>, <c>InHdrErrors</c>).</summary>
    IPHeaderChecksum,

    /// <summary>An IP packet is longer by its header than what is there (<c>SKB_DROP_REASON_PKT_TOO_SMALL</c>, <c>InTruncatedPkts</c>).</summary>
    IPTruncated,

    /// <summary>TCP's data offset is less than its header (<c>TcpInErrs</c>).</summary>
    TcpHeaderInvalid,

    /// <summary>TCP's checksum is wrong (<c>SKB_DROP_REASON_TCP_CSUM</c>, <c>TcpInCsumErrors</c>).</summary>
    TcpChecksum,

    /// <summary>UDP says that it is longer than what carries it, or shorter than its header (<c>UdpInErrors</c>).</summary>
    UdpLengthInvalid,

    /// <summary>UDP's checksum is wrong (<c>SKB_DROP_REASON_UDP_CSUM</c>, <c>UdpInCsumErrors</c>).</summary>
    UdpChecksum,

    /// <summary>UDP over IPv6 without a checksum, at a port where that is not allowed (RFC 6935; <c>Udp6InCsumErrors</c>).</summary>
    UdpChecksumMissing,

    /// <summary>UDP-Lite without a checksum, or with a coverage that is less than its header or more than the packet (RFC 3828 3.1).</summary>
    UdpLiteInvalid,

    /// <summary>UDP-Lite's checksum is wrong (<c>UdpLiteInCsumErrors</c>).</summary>
    UdpLiteChecksum,

    /// <summary>SCTP's CRC32c is wrong (<c>SctpChecksumErrors</c>).</summary>
    SctpChecksum,

    /// <summary>ICMP's checksum is wrong (<c>SKB_DROP_REASON_ICMP_CSUM</c>, <c>IcmpInCsumErrors</c>).</summary>
    IcmpChecksum,

    /// <summary>ICMPv6's checksum is wrong (<c>Icmp6InCsumErrors</c>).</summary>
    IcmpV6Checksum,

    /// <summary>IGMP's checksum is wrong.</summary>
    IgmpChecksum,

    /// <summary>GRE's checksum is wrong (<c>rx_crc_errors</c> of the tunnel).</summary>
    GreChecksum,

    /// <summary>A tunnel's header says what its receiver does not do, or what cannot be.</summary>
    TunnelHeaderInvalid,

    /// <summary>The field of a checksum that is owed lies behind the IP packet, in what is cut off.</summary>
    ChecksumBeyondPacket,

    /// <summary>The frame is in a VLAN that the host is not in (<c>SKB_DROP_REASON_OTHERHOST</c>).</summary>
    VlanUnknown,
}
