namespace Wiretrue.Tunnels;

/// <summary>Where the flow label of an outer IPv6 header comes from (<c>enum ifla_vxlan_label_policy</c>, linux/if_link.h).</summary>
/// <remarks>RFC 6437, RFC 6438.</remarks>
public enum FlowLabelMode : byte
{
    /// <summary>It is the tunnel's, the same for all (<c>VXLAN_LABEL_FIXED</c>).</summary>
    Fixed,

    /// <summary>Each flow inside has its own (<c>ip6_make_flowlabel</c>): what Linux does for IP and GRE over IPv6.</summary>
    Hash,

    /// <summary>It is that of the IPv6 packet inside; 0 for any other (<c>VXLAN_LABEL_INHERIT</c>).</summary>
    Inherit,
}
