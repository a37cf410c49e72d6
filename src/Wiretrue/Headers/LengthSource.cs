namespace Wiretrue.Headers;

/// <summary>Which field decided how far a layer reaches.</summary>
public enum LengthSource : byte
{
    /// <summary>The packet's own (original) length, as the capture or device gave it.</summary>
    Packet,

    /// <summary>The enclosing layer: this header has no length of its own.</summary>
    Enclosing,

    /// <summary>IPv4 total length.</summary>
    IPv4TotalLength,

    /// <summary>IPv4 total length 0: the rest of the packet (TSO and BIG TCP).</summary>
    IPv4ZeroLength,

    /// <summary>IPv6 payload length.</summary>
    IPv6PayloadLength,

    /// <summary>IPv6 payload length 0 on a packet with content: the rest of the packet (BIG TCP).</summary>
    IPv6ZeroLength,

    /// <summary>IPv6 jumbo payload option (RFC 2675).</summary>
    IPv6JumboPayload,

    /// <summary>UDP length.</summary>
    UdpLength,

    /// <summary>UDP length 0: the rest of the IP payload (BIG TCP in a tunnel, RFC 2675).</summary>
    UdpZeroLength,

    /// <summary>
    /// The IP payload, although the UDP length is shorter: a tunnel's super-frame whose outer UDP header already is that of one segment.
    /// </summary>
    UdpSegmentLength,

    /// <summary>PPPoE length.</summary>
    PppoeLength,

    /// <summary>An 802.3 length field.</summary>
    Ieee8023Length,

    /// <summary>GTP-U length.</summary>
    GtpULength,

    /// <summary>The length of a netfilter log TLV.</summary>
    NflogTlvLength,
}
