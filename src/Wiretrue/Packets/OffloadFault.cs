namespace Wiretrue.Packets;

/// <summary>Why an <see cref="OffloadState"/> can be true of no packet.</summary>
public enum OffloadFault : byte
{
    /// <summary>It can.</summary>
    None,

    /// <summary>The field that is to hold the checksum does not lie within the packet (<c>skb_partial_csum_set</c>).</summary>
    ChecksumBeyondPacket,

    /// <summary>More verified layers than <c>csum_level</c> counts (<c>SKB_MAX_CSUM_LEVEL</c>, 3).</summary>
    ChecksumLevelTooHigh,

    /// <summary>Layers are counted as verified, but the state is not <see cref="ChecksumState.Unnecessary"/>.</summary>
    ChecksumLevelWithoutVerification,

    /// <summary>A CRC32c is owed, by TCP or UDP, which have the Internet checksum.</summary>
    Crc32CWithInternetTransport,

    /// <summary>An Internet checksum is owed, by SCTP, which has the CRC32c (<c>csum_not_inet</c> is clear).</summary>
    SctpWithInternetChecksum,

    /// <summary>The checksum's field is not where the transport that is divided has it.</summary>
    ChecksumOffsetNotOfTransport,

    /// <summary>A segment's payload is negative, or more than <c>gso_size</c> holds (65,535).</summary>
    GsoSizeOutOfRange,

    /// <summary>A count of segments that is negative, or more than <c>gso_segs</c> holds (65,535).</summary>
    GsoSegmentsOutOfRange,

    /// <summary>It says how to cut, but not into what size.</summary>
    GsoTypeWithoutSize,

    /// <summary>It says into what size to cut, but not which transport.</summary>
    GsoWithoutTransport,

    /// <summary>More than one transport is to be divided: both TCP over IPv4 and over IPv6, say.</summary>
    GsoSeveralTransports,

    /// <summary>
    /// The transport's checksum is neither owed nor verified, so that of a segment is nobody's business (<c>skb_needs_check</c>).
    /// </summary>
    GsoWithoutPartialChecksum,

    /// <summary>The same tunnel both with a checksum and without.</summary>
    TunnelWithAndWithoutChecksum,

    /// <summary>Remote checksum offload without the UDP tunnel whose header it is written in.</summary>
    RemoteChecksumWithoutTunnel,

    /// <summary>ECN or a fixed ID, which are said of TCP alone.</summary>
    TcpFlagWithoutTcp,

    /// <summary>CWR is kept by the first segment alone, and by all.</summary>
    EcnOfBothKinds,

    /// <summary>SCTP is cut at the packets of its fragment list (<c>GSO_BY_FRAGS</c>), never at a size.</summary>
    SctpNotByFragmentList,

    /// <summary>The size that says that a list's packets are the segments (<c>GSO_BY_FRAGS</c>), and no SCTP, which alone has such.</summary>
    GsoListWithoutSctp,

    /// <summary>More datagrams than one call may send (<c>UDP_MAX_SEGMENTS</c>, 128).</summary>
    TooManyDatagrams,

    /// <summary>A VLAN tag whose EtherType is neither 0x8100 nor 0x88A8.</summary>
    VlanProtocolUnknown,

    /// <summary>A VLAN number, but no tag.</summary>
    VlanTciWithoutProtocol,
}
