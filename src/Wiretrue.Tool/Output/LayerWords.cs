using Wiretrue.Headers;

namespace Wiretrue.Tool.Output;

/// <summary>The words for headers and link types.</summary>
internal static class LayerWords
{
    public static string Of(LayerKind kind) => kind switch
    {
        LayerKind.Snap => "SNAP",
        LayerKind.Vlan => "VLAN",
        LayerKind.Mpls => "MPLS",
        LayerKind.PseudowireControlWord => "control word",
        LayerKind.Pppoe => "PPPoE",
        LayerKind.Loopback => "loopback",
        LayerKind.LinuxSll => "Linux cooked",
        LayerKind.LinuxSll2 => "Linux cooked v2",
        LayerKind.Nflog => "NFLOG",
        LayerKind.IPv6HopByHop => "hop-by-hop",
        LayerKind.IPv6DestinationOptions => "destination",
        LayerKind.IPv6Routing => "routing",
        LayerKind.IPv6Fragment => "fragment",
        LayerKind.AuthenticationHeader => "AH",
        LayerKind.Tcp => "TCP",
        LayerKind.Udp => "UDP",
        LayerKind.UdpLite => "UDP-Lite",
        LayerKind.Sctp => "SCTP",
        LayerKind.Icmp => "ICMP",
        LayerKind.IcmpV6 => "ICMPv6",
        LayerKind.Vxlan => "VXLAN",
        LayerKind.VxlanGpe => "VXLAN-GPE",
        LayerKind.Gue => "GUE",
        LayerKind.Nsh => "NSH",
        LayerKind.Gre => "GRE",
        LayerKind.Erspan => "ERSPAN",
        LayerKind.GtpU => "GTP-U",
        LayerKind.Fragment => "fragment bytes",
        LayerKind.Payload => "payload",
        _ => kind.ToString(),
    };

    /// <summary>The same as one word of JSON: <c>vxlan-gpe</c>.</summary>
    public static string Json(LayerKind kind) => Of(kind).ToLowerInvariant().Replace(' ', '-');

    public static string Of(LinkType type) => type switch
    {
        LinkType.Null or LinkType.Loop => "BSD loopback",
        LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd => "raw IP",
        LinkType.LinuxSll => "Linux cooked",
        LinkType.LinuxSll2 => "Linux cooked v2",
        LinkType.IPv4 => "raw IPv4",
        LinkType.IPv6 => "raw IPv6",
        LinkType.Nflog => "NFLOG",
        LinkType.Ethernet => "Ethernet",
        _ => $"link type {(int)type}",
    };
}
