namespace Wiretrue.Captures.Diagnosis;

/// <summary>How a captured packet differs from what the wire carried, because of what a device does by itself.</summary>
public enum ArtefactKind : byte
{
    /// <summary>A TCP or UDP checksum field that holds the pseudo-header's sum.</summary>
    HalfMadeChecksum,

    /// <summary>An SCTP packet whose CRC32c is still 0.</summary>
    SctpChecksumOwed,

    /// <summary>One TCP packet that stands for several frames.</summary>
    TcpSuperFrame,

    /// <summary>One UDP datagram that stands for several.</summary>
    UdpSuperDatagram,

    /// <summary>One tunnelled packet that stands for several frames.</summary>
    TunnelSuperFrame,

    /// <summary>A VLAN tag that is not among the bytes.</summary>
    VlanTagOutside,

    /// <summary>The frame check sequence, which other captures do not have.</summary>
    FrameCheckSequence,

    /// <summary>Frames that the card found broken, which other captures do not have.</summary>
    BrokenFrame,

    /// <summary>A payload that the wire carries encrypted.</summary>
    ClearText,
}
