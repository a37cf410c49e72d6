namespace Wiretrue.Headers;

/// <summary>What an IPv4 or IPv6 packet carries (<c>IPPROTO_*</c>, linux/in.h).</summary>
public enum IPProtocol : byte
{
    /// <summary>IPv6 hop-by-hop options (<c>IPPROTO_HOPOPTS</c>).</summary>
    HopByHop = 0,

    /// <summary>ICMP (<c>IPPROTO_ICMP</c>).</summary>
    Icmp = 1,

    /// <summary>IGMP (<c>IPPROTO_IGMP</c>).</summary>
    Igmp = 2,

    /// <summary>IPv4 in IP (<c>IPPROTO_IPIP</c>).</summary>
    IPv4 = 4,

    /// <summary>TCP (<c>IPPROTO_TCP</c>).</summary>
    Tcp = 6,

    /// <summary>UDP (<c>IPPROTO_UDP</c>).</summary>
    Udp = 17,

    /// <summary>IPv6 in IP (<c>IPPROTO_IPV6</c>).</summary>
    IPv6 = 41,

    /// <summary>IPv6 routing header (<c>IPPROTO_ROUTING</c>).</summary>
    Routing = 43,

    /// <summary>IPv6 fragment header (<c>IPPROTO_FRAGMENT</c>).</summary>
    Fragment = 44,

    /// <summary>GRE (<c>IPPROTO_GRE</c>).</summary>
    Gre = 47,

    /// <summary>Encapsulating security payload (<c>IPPROTO_ESP</c>).</summary>
    Esp = 50,

    /// <summary>Authentication header (<c>IPPROTO_AH</c>).</summary>
    AuthenticationHeader = 51,

    /// <summary>ICMPv6 (<c>IPPROTO_ICMPV6</c>).</summary>
    IcmpV6 = 58,

    /// <summary>Nothing follows (<c>IPPROTO_NONE</c>).</summary>
    NoNextHeader = 59,

    /// <summary>IPv6 destination options (<c>IPPROTO_DSTOPTS</c>).</summary>
    DestinationOptions = 60,

    /// <summary>SCTP (<c>IPPROTO_SCTP</c>).</summary>
    Sctp = 132,

    /// <summary>UDP-Lite (<c>IPPROTO_UDPLITE</c>).</summary>
    UdpLite = 136,

    /// <summary>MPLS in IP (<c>IPPROTO_MPLS</c>).</summary>
    Mpls = 137,
}
