using System.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The types of tunnels that <c>wiretrue encap</c> makes, and which options are for which.</summary>
internal static class EncapTypes
{
    private static readonly string[] OverUdp = ["vxlan", "vxlan-gpe", "geneve", "gue", "fou", "mpls-udp"];
    private static readonly string[] WithFrames = ["vxlan", "vxlan-gpe", "geneve", "gretap", "erspan2", "erspan3"];
    private static readonly string[] Gre = ["gre", "gretap"];

    private static readonly (Option Option, string[] Types)[] Only =
    [
        (EncapOptions.LocalMac, WithFrames),
        (EncapOptions.RemoteMac, WithFrames),
        (EncapOptions.Vni, ["vxlan", "vxlan-gpe", "geneve"]),
        (EncapOptions.Key, Gre),
        (EncapOptions.Session, ["erspan2", "erspan3"]),
        (EncapOptions.Label, ["mpls-udp"]),
        (EncapOptions.Port, OverUdp),
        (EncapOptions.SourcePort, OverUdp),
        (EncapOptions.UdpChecksum, OverUdp),
        (EncapOptions.Checksum, Gre),
        (EncapOptions.Sequence, Gre),
        (EncapOptions.RemoteChecksum, ["vxlan", "gue"]),
        (EncapOptions.Group, ["vxlan"]),
        (EncapOptions.Direct, ["gue"]),
        (EncapOptions.Inner, ["fou"]),
    ];

    // Without one of these the tunnel could not be told from another.
    private static readonly (string Type, Option Option)[] Needed =
    [
        ("vxlan", EncapOptions.Vni),
        ("vxlan-gpe", EncapOptions.Vni),
        ("geneve", EncapOptions.Vni),
        ("fou", EncapOptions.Port),
        ("mpls-udp", EncapOptions.Label),
    ];

    /// <summary>All types, in the order of the help.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["vxlan", "vxlan-gpe", "geneve", "gre", "gretap", "erspan2", "erspan3", "gue", "fou", "ipip", "sit", "ip6tnl", "mpls-udp"];

    /// <summary>The tunnel carries Ethernet frames.</summary>
    public static bool TakesFrames(string type) => WithFrames.Contains(type);

    /// <summary>What of the options is not for a type, or is missing; null when nothing is.</summary>
    public static string? Contradiction(string type, Func<Option, bool> isGiven)
    {
        foreach ((Option option, string[] types) in Only)
        {
            if (isGiven(option) && !types.Contains(type))
            {
                return $"{option.Name} is for {string.Join(", ", types)}, not for {type}";
            }
        }

        foreach ((string needing, Option option) in Needed)
        {
            if (needing == type && !isGiven(option))
            {
                return $"{type} needs {option.Name}";
            }
        }

        return null;
    }
}
