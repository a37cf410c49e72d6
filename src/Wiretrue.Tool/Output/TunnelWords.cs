using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;

namespace Wiretrue.Tool.Output;

/// <summary>The words for kinds of tunnels, those of <c>ip link add type</c> where there is one, and for what becomes of packets.</summary>
internal static class TunnelWords
{
    /// <summary>Every kind, by its word.</summary>
    public static IReadOnlyList<(string Word, TunnelKind Kind)> Kinds { get; } =
    [
        ("vxlan", TunnelKind.Vxlan),
        ("vxlan-gpe", TunnelKind.VxlanGpe),
        ("geneve", TunnelKind.Geneve),
        ("gre", TunnelKind.Gre),
        ("gretap", TunnelKind.GreTap),
        ("erspan", TunnelKind.Erspan),
        ("gue", TunnelKind.Gue),
        ("fou", TunnelKind.Fou),
        ("ipip", TunnelKind.IPIP),
        ("sit", TunnelKind.Sit),
        ("ip6tnl", TunnelKind.IP6Tnl),
        ("mpls-udp", TunnelKind.MplsUdp),
        ("gtp-u", TunnelKind.GtpU),
    ];

    /// <summary>What a UDP port can be told to be.</summary>
    public static IReadOnlyList<(string Word, LayerKind Header)> PortKinds { get; } =
    [
        ("vxlan", LayerKind.Vxlan),
        ("vxlan-gpe", LayerKind.VxlanGpe),
        ("geneve", LayerKind.Geneve),
        ("gue", LayerKind.Gue),
        ("mpls-udp", LayerKind.Mpls),
        ("gtp-u", LayerKind.GtpU),
        ("fou-ipv4", LayerKind.IPv4),
        ("fou-ipv6", LayerKind.IPv6),
        ("fou-gre", LayerKind.Gre),
        ("none", LayerKind.Payload),
    ];

    /// <summary>The word for one kind.</summary>
    public static string Of(TunnelKind kind) => Kinds.First(each => each.Kind == kind).Word;

    /// <summary>Why a packet did not go into a tunnel, as a sentence has it.</summary>
    public static string Of(EncapsulationFault fault) => fault switch
    {
        EncapsulationFault.NoFrame => "no Ethernet frame",
        EncapsulationFault.NoPacket => "no packet that the tunnel carries",
        EncapsulationFault.TooLong => "too long",
        EncapsulationFault.NoLink => "with a link header that cannot carry the outer one",
        EncapsulationFault.Refused => "refused by the tunnel",
        _ => "in",
    };

    /// <summary>Why nothing was taken out, as a sentence has it.</summary>
    public static string Of(PeelFault fault) => fault switch
    {
        PeelFault.NoTunnel => "in no tunnel",
        PeelFault.OtherTunnel => "in another tunnel",
        PeelFault.Fragment => "fragmented",
        PeelFault.Snapped => "cut off before what is inside",
        PeelFault.Malformed => "malformed",
        PeelFault.NoPacket => "with no packet inside",
        PeelFault.NoLink => "with a link header that cannot carry what is inside",
        _ => "opened",
    };
}
