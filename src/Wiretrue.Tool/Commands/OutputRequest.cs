using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Wiretrue.Captures.Formats;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>From where to where a command works, found consistent.</summary>
internal sealed record OutputRequest
{
    /// <summary>Inputs and where the result of each goes; a null output writes nothing.</summary>
    public required IReadOnlyList<OutputFile> Files { get; init; }

    /// <summary>The folder that must exist before the first output, or null.</summary>
    public string? Directory { get; init; }

    /// <summary>The container that was asked for; null for none.</summary>
    public CaptureFormat? Format { get; init; }

    public bool Force { get; init; }

    public bool Strict { get; init; }

    public bool Json { get; init; }

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(ParseResult parsed, [NotNullWhen(true)] out OutputRequest? request, [NotNullWhen(false)] out string? error) =>
        TryCreate(parsed, CommonOptions.Inputs(parsed), out request, out error);

    /// <summary>Finds out what is asked for of these inputs.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(
        ParseResult parsed, string[] inputs, [NotNullWhen(true)] out OutputRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = Contradiction(parsed, inputs);
        if (error is not null)
        {
            return false;
        }

        bool dry = parsed.Has(OutputOptions.DryRun);
        request = new OutputRequest
        {
            Files = Array.ConvertAll(inputs, input => new OutputFile(input, dry ? null : OutputOf(input, parsed))),
            Directory = dry ? null : parsed.GetValue(OutputOptions.Directory),
            Format = (parsed.GetValue(OutputOptions.Format) ?? parsed.GetValue(MergeCommandOptions.Format)) switch
            {
                "pcap" => CaptureFormat.Pcap,
                "pcapng" => CaptureFormat.PcapNg,
                _ => null,
            },
            Force = parsed.Has(OutputOptions.Force),
            Strict = parsed.Has(CommonOptions.Strict),
            Json = parsed.Has(OutputOptions.Json),
        };
        return true;
    }

    private static string? Contradiction(ParseResult parsed, string[] inputs)
    {
        bool write = parsed.Has(OutputOptions.Write);
        bool directory = parsed.Has(OutputOptions.Directory);
        if (InputRules.Contradiction(inputs) is { } problem)
        {
            return problem;
        }

        if (write && directory)
        {
            return "-w and -o exclude each other";
        }

        if (!write && !directory && !parsed.Has(OutputOptions.DryRun))
        {
            return "no output: give -w OUT or -o DIR, or --dry-run to write nothing";
        }

        if (write && inputs.Length > 1)
        {
            return "-w takes one input; for several give -o DIR";
        }

        if (directory && inputs.Contains("-"))
        {
            return "stdin has no name to write under: give -w OUT instead of -o DIR";
        }

        if (directory && TwiceNamed(inputs) is { } name)
        {
            return $"two inputs are named {name}, and would be one file in {parsed.GetValue(OutputOptions.Directory)}";
        }

        return parsed.Has(OutputOptions.Json) && parsed.GetValue(OutputOptions.Write) == "-" && !parsed.Has(OutputOptions.DryRun)
            ? "--json and -w - both want stdout"
            : null;
    }

    private static string? TwiceNamed(string[] inputs)
    {
        HashSet<string> names = [];
        return Array.Find(inputs, input => !names.Add(Path.GetFileName(input))) is { } twice ? Path.GetFileName(twice) : null;
    }

    private static string? OutputOf(string input, ParseResult parsed) => parsed.GetValue(OutputOptions.Directory) is { } directory
        ? Path.Combine(directory, Path.GetFileName(input))
        : parsed.GetValue(OutputOptions.Write);
}
