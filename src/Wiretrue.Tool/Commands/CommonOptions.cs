using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    public static readonly Option Strict = new('\0', "strict", null, "a capture that is cut short is an error (exit code 3)");
    public static readonly Option Quiet = new('q', "quiet", null, "no progress and no summary; errors and warnings remain");
    public static readonly Option Verbose = new('v', "verbose", null, "say more: formats, time, rate");

    public static readonly Option Color = new('\0', "color", "WHEN", "auto, always or never; NO_COLOR and CLICOLOR are heeded")
    {
        Choices = ["auto", "always", "never"],
    };
}
