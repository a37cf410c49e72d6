using System.Runtime.CompilerServices;

namespace Wiretrue.Headers;

/// <summary>Which header follows an IP protocol number.</summary>
internal static class IPProtocolDispatch
{
    /// <summary>The header that follows; <see cref="LayerKind.Payload"/> when it is not known here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LayerKind Next(IPProtocol protocol, bool inIPv6)
    {
        if (protocol == IPProtocol.Tcp)
            return LayerKind.Tcp;
        return protocol == IPProtocol.Udp ? LayerKind.Udp : Other(protocol, inIPv6);
    }

    private static LayerKind Other(IPProtocol protocol, bool inIPv6) => protocol switch
    {
        IPProtocol.IPv4 => LayerKind.IPv4,
        IPProtocol.IPv6 => LayerKind.IPv6,
        IPProtocol.Gre => LayerKind.Gre,
        IPProtocol.AuthenticationHeader => LayerKind.AuthenticationHeader,
        IPProtocol.Sctp => LayerKind.Sctp,
        IPProtocol.UdpLite => LayerKind.UdpLite,
        IPProtocol.Mpls => LayerKind.Mpls,
        IPProtocol.Icmp when !inIPv6 => LayerKind.Icmp,
        IPProtocol.IcmpV6 when inIPv6 => LayerKind.IcmpV6,
        IPProtocol.HopByHop when inIPv6 => LayerKind.IPv6HopByHop,
        IPProtocol.DestinationOptions when inIPv6 => LayerKind.IPv6DestinationOptions,
        IPProtocol.Routing when inIPv6 => LayerKind.IPv6Routing,
        IPProtocol.Fragment when inIPv6 => LayerKind.IPv6Fragment,
        _ => LayerKind.Payload,
    };
}
