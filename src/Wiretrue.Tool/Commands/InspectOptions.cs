using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue inspect</c>.</summary>
internal static class InspectOptions
{
    public static readonly Option Read = FixOptions.Read;
    public static readonly Option Mtu = FixOptions.Mtu;
    public static readonly Option Json = new('\0', "json", null, "print the counts as JSON on stdout, one line per input");
    public static readonly Option Strict = CommonOptions.Strict;

    /// <summary>All of them, in the order of the help.</summary>
    public static readonly Option[] List =
        [Read, Mtu, Strict, Json, CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color, Command.Help];
}
