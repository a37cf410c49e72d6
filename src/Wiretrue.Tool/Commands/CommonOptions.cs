using System.CommandLine;
using Wiretrue.Captures.Formats;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    public static readonly Option<string[]> Read = Words.Values("--read", "-r", "IN", "read this capture; the same as IN alone; - for stdin");
    public static readonly Option<string> Mtu = Words.Value("--mtu", null, "N|auto", "the wire's MTU, 68 to 65535 bytes; auto takes it from the capture");
    public static readonly Option Strict = Words.Flag("--strict", null, "a capture that is cut short is an error (exit code 3)");
    public static readonly Option Quiet = Words.Flag("--quiet", "-q", "no progress and no summary; errors and warnings remain");
    public static readonly Option Verbose = Words.Flag("--verbose", "-v", "say more: formats, time, rate");

    public static readonly Option<string> Color =
        Words.Choice("--color", null, "WHEN", "auto, always or never; NO_COLOR and CLICOLOR are heeded", "auto", "always", "never");

    /// <summary>All inputs, those of <c>-r</c> first.</summary>
    public static string[] Inputs(ParseResult parsed)
    {
        string[] read = parsed.GetValue(Read) ?? [];
        string[] named = parsed.GetValue(((ToolCommand)parsed.CommandResult.Command).Inputs) ?? [];
        return [.. read, .. named];
    }

    /// <summary>Where messages go, as <c>-q</c> and <c>--color</c> want them.</summary>
    public static Messages Messages(ParseResult parsed) => new(parsed.GetValue(Color) ?? "auto", parsed.Has(Quiet));

    /// <summary>Whether a stream gets colour.</summary>
    public static bool IsColored(ParseResult parsed, bool isTerminal) =>
        ColorMode.IsOn(parsed.GetValue(Color) ?? "auto", isTerminal, Environment.GetEnvironmentVariable);

    /// <summary>Shows how far the reader has come, where there is someone to see it.</summary>
    public static IDisposable? Progress(ParseResult parsed, CaptureReader reader) => parsed.Has(Quiet)
        ? null
        : TerminalProgress.Start(reader.Name, reader.FileLength, () => reader.BytesRead, IsColored(parsed, isTerminal: true));
}
