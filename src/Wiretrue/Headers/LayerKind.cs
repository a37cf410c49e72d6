namespace Wiretrue.Headers;

/// <summary>The header that a <see cref="Layer"/> begins with.</summary>
public enum LayerKind : byte
{
    /// <summary>No layer.</summary>
    None,

    /// <summary>Ethernet II or 802.3 addresses and type (<c>struct ethhdr</c>).</summary>
    Ethernet,

    /// <summary>802.2 LLC with SNAP (RFC 1042).</summary>
    Snap,

    /// <summary>One 802.1Q or 802.1ad tag (<c>struct vlan_hdr</c>): TCI and inner type.</summary>
    Vlan,

    /// <summary>One MPLS label stack entry (RFC 3032).</summary>
    Mpls,

    /// <summary>Pseudowire control word between an MPLS stack and an Ethernet frame (RFC 4448 4.6).</summary>
    PseudowireControlWord,

    /// <summary>PPPoE session header and PPP protocol number (RFC 2516).</summary>
    Pppoe,

    /// <summary>BSD or OpenBSD loopback address family.</summary>
    Loopback,

    /// <summary>Linux cooked header, version 1.</summary>
    LinuxSll,

    /// <summary>Linux cooked header, version 2.</summary>
    LinuxSll2,

    /// <summary>Netfilter log header and the TLVs before the packet.</summary>
    Nflog,

    /// <summary>IPv4 with its options (<c>struct iphdr</c>).</summary>
    IPv4,

    /// <summary>IPv6 fixed header (<c>struct ipv6hdr</c>); extension headers are layers of their own.</summary>
    IPv6,

    /// <summary>IPv6 hop-by-hop options.</summary>
    IPv6HopByHop,

    /// <summary>IPv6 destination options.</summary>
    IPv6DestinationOptions,

    /// <summary>IPv6 routing header.</summary>
    IPv6Routing,

    /// <summary>IPv6 fragment header, atomic or not.</summary>
    IPv6Fragment,

    /// <summary>Authentication header (RFC 4302), IPv4 or IPv6.</summary>
    AuthenticationHeader,

    /// <summary>
    /// Encapsulating security payload with its initialization vector (RFC 4303), before it is encrypted: no walk finds it, as what it
    /// carries is for those alone who have the key.
    /// </summary>
    Esp,

    /// <summary>TCP with its options (<c>struct tcphdr</c>).</summary>
    Tcp,

    /// <summary>UDP (<c>struct udphdr</c>).</summary>
    Udp,

    /// <summary>UDP-Lite (RFC 3828).</summary>
    UdpLite,

    /// <summary>SCTP common header (<c>struct sctphdr</c>).</summary>
    Sctp,

    /// <summary>ICMP for IPv4.</summary>
    Icmp,

    /// <summary>ICMPv6.</summary>
    IcmpV6,

    /// <summary>VXLAN (RFC 7348).</summary>
    Vxlan,

    /// <summary>VXLAN-GPE.</summary>
    VxlanGpe,

    /// <summary>Geneve with its options (RFC 8926).</summary>
    Geneve,

    /// <summary>GUE of variant 0 (draft-ietf-intarea-gue); in variant 1 an IP header follows UDP directly.</summary>
    Gue,

    /// <summary>Network service header (RFC 8300).</summary>
    Nsh,

    /// <summary>GRE with its optional fields (RFC 2784, 2890).</summary>
    Gre,

    /// <summary>ERSPAN type II or III header inside GRE.</summary>
    Erspan,

    /// <summary>GTP-U with its extension headers (3GPP TS 29.281).</summary>
    GtpU,

    /// <summary>An IP fragment's bytes, from which no transport header can be read.</summary>
    Fragment,

    /// <summary>Bytes after the last header that is known here.</summary>
    Payload,
}
