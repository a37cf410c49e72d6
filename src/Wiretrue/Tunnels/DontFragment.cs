namespace Wiretrue.Tunnels;

/// <summary>Whether an outer IPv4 header says "don't fragment" (<c>enum ifla_vxlan_df</c>, <c>enum ifla_geneve_df</c>, linux/if_link.h).</summary>
public enum DontFragment : byte
{
    /// <summary>Never (<c>VXLAN_DF_UNSET</c>): Linux's default for tunnels over UDP.</summary>
    Never,

    /// <summary>Always (<c>VXLAN_DF_SET</c>).</summary>
    Always,

    /// <summary>Where the inner packet is IPv6, or IPv4 that says so itself (<c>VXLAN_DF_INHERIT</c>).</summary>
    Inherit,
}
