using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue encap</c>; they have the names that <c>ip link</c> gives them, where it has one.</summary>
internal static class EncapOptions
{
    public static readonly Option<string> Local = Words.Value("--local", null, "ADDRESS", "this end: the outer source address");
    public static readonly Option<string> Remote = Words.Value("--remote", null, "ADDRESS", "the other end: the outer destination address");
    public static readonly Option<string> LocalMac = Words.Value("--local-mac", null, "MAC", "the outer source MAC, where there is a new one");
    public static readonly Option<string> RemoteMac = Words.Value("--remote-mac", null, "MAC", "the outer destination MAC");
    public static readonly Option<string> Vni = Words.Value("--vni", null, "N", "the network of VXLAN, VXLAN-GPE or Geneve");
    public static readonly Option<string> Key = Words.Value("--key", null, "N", "the key of GRE; else none");
    public static readonly Option<string> Session = Words.Value("--session", null, "N", "the session of ERSPAN, 0 to 1023; else 0");
    public static readonly Option<string[]> Label = Words.Values("--label", null, "N", "a label of MPLS, outermost first; can be repeated");
    public static readonly Option<string> Port = Words.Value("--port", null, "N", "the UDP destination port; else the assigned one");
    public static readonly Option<string> SourcePort = Words.Value("--source-port", null, "N", "the UDP source port; else one for each flow");

    public static readonly Option<string> UdpChecksum =
        Words.Choice("--udp-checksum", null, "on|off", "whether there is an outer UDP checksum; else on", "on", "off");

    public static readonly Option Checksum = Words.Flag("--checksum", null, "GRE with a checksum");
    public static readonly Option Sequence = Words.Flag("--sequence", null, "GRE with sequence numbers");
    public static readonly Option RemoteChecksum = Words.Flag("--rco", null, "leave inner checksums to the receiver (VXLAN, GUE)");
    public static readonly Option<string> Group = Words.Value("--gbp", null, "N", "VXLAN with this group policy");
    public static readonly Option Direct = Words.Flag("--direct", null, "GUE without a header of its own (variant 1)");
    public static readonly Option<string> Inner = Words.Choice("--inner", null, "VERSION", "what FOU carries, ipv4 or ipv6; else ipv4", "ipv4", "ipv6");
    public static readonly Option<string> TimeToLive = Words.Value("--ttl", null, "N", "outer time to live, or inherit; else 64");
    public static readonly Option<string> TypeOfService = Words.Value("--tos", null, "N", "outer type of service, or inherit; else 0");
    public static readonly Option<string> DontFragment = Words.Choice("--df", null, "WHEN", "outer DF: unset, set or inherit", "unset", "set", "inherit");
    public static readonly Option Keep = Words.Flag("--keep", null, "write packets that cannot go in as they are; else they are left out");
}
