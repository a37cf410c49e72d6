using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue decap</c>.</summary>
internal static class DecapOptions
{
    public static readonly Option<string[]> Type = Words.Values("--type", "-t", "TYPE", "only tunnels of this type; can be repeated");
    public static readonly Option<string> Vni = Words.Value("--vni", null, "N", "only this network of VXLAN or Geneve");
    public static readonly Option<string> Key = Words.Value("--key", null, "N", "only GRE with this key");
    public static readonly Option<string> Session = Words.Value("--session", null, "N", "only this session of ERSPAN, 0 to 1023");
    public static readonly Option<string> Levels = Words.Value("--levels", null, "N", "take off so many tunnels, one inside the other; else 1");
    public static readonly Option All = Words.Flag("--all", null, "take off all tunnels, one inside the other");
    public static readonly Option Keep = Words.Flag("--keep", null, "write packets in no tunnel as they are; else they are left out");

    public static readonly Option<string[]> Port =
        Words.Values("--port", null, "N=TYPE", "what UDP port N carries, where it is not the assigned one");
}
