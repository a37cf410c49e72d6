namespace Wiretrue.Headers;

/// <summary>Which header follows the next protocol of VXLAN-GPE and NSH (<c>TUN_P_*</c>, net/tun_proto.h).</summary>
internal static class TunnelProtocolDispatch
{
    /// <summary>The header that follows; <see cref="LayerKind.Payload"/> when it is not known here.</summary>
    public static LayerKind Next(byte protocol) => protocol switch
    {
        1 => LayerKind.IPv4,
        2 => LayerKind.IPv6,
        3 => LayerKind.Ethernet,
        4 => LayerKind.Nsh,
        5 => LayerKind.Mpls,
        _ => LayerKind.Payload,
    };
}
