namespace Wiretrue.Captures.Tunnelling;

/// <summary>A kind of tunnel, as a capture shows it. The names are those of Linux's devices (<c>ip link add type ...</c>) where it has one.</summary>
[Flags]
public enum TunnelKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>VXLAN (RFC 7348).</summary>
    Vxlan = 1 << 0,

    /// <summary>VXLAN-GPE, with a network service header or without.</summary>
    VxlanGpe = 1 << 1,

    /// <summary>Geneve (RFC 8926).</summary>
    Geneve = 1 << 2,

    /// <summary>GRE around a network protocol (RFC 2784, 2890).</summary>
    Gre = 1 << 3,

    /// <summary>GRE around Ethernet frames.</summary>
    GreTap = 1 << 4,

    /// <summary>ERSPAN of type I, II or III: mirrored frames in GRE.</summary>
    Erspan = 1 << 5,

    /// <summary>GUE of either variant, around what it carries.</summary>
    Gue = 1 << 6,

    /// <summary>FOU: an IP protocol behind UDP.</summary>
    Fou = 1 << 7,

    /// <summary>IPv4 in IPv4.</summary>
    IPIP = 1 << 8,

    /// <summary>IPv6 in IPv4.</summary>
    Sit = 1 << 9,

    /// <summary>IPv4 or IPv6 in IPv6.</summary>
    IP6Tnl = 1 << 10,

    /// <summary>MPLS in UDP, with its label stack (RFC 7510).</summary>
    MplsUdp = 1 << 11,

    /// <summary>GTP-U.</summary>
    GtpU = 1 << 12,

    /// <summary>All of them.</summary>
    Any = (1 << 13) - 1,
}
