using Wiretrue.Captures.Formats;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

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

    /// <summary>Where messages go, as <c>-q</c> and <c>--color</c> want them.</summary>
    public static Messages Messages(Arguments arguments) => new(arguments.Value(Color) ?? "auto", arguments.Has(Quiet));

    /// <summary>Whether a stream gets colour.</summary>
    public static bool IsColored(Arguments arguments, bool isTerminal) =>
        ColorMode.IsOn(arguments.Value(Color) ?? "auto", isTerminal, Environment.GetEnvironmentVariable);

    /// <summary>Shows how far the reader has come, where there is someone to see it.</summary>
    public static IDisposable? Progress(Arguments arguments, CaptureReader reader) => arguments.Has(Quiet)
        ? null
        : TerminalProgress.Start(reader.Name, reader.FileLength, () => reader.BytesRead, IsColored(arguments, isTerminal: true));
}
