using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>What one call of <c>wiretrue fix</c> asks for, found consistent.</summary>
internal sealed record FixRequest
{
    /// <summary>Inputs and where each goes; a null output writes nothing.</summary>
    public required IReadOnlyList<FixFile> Files { get; init; }

    /// <summary>The folder that must exist before the first output, or null.</summary>
    public string? Directory { get; init; }

    public required RepairOptions Repair { get; init; }

    public bool Force { get; init; }

    public bool Strict { get; init; }

    public bool Json { get; init; }

    /// <summary>What has arrived is written at once.</summary>
    public bool Immediate { get; init; }

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(
        ParseResult parsed,
        [NotNullWhen(true)] out FixRequest? request,
        [NotNullWhen(false)] out string? error)
    {
        request = null;
        string[] inputs = CommonOptions.Inputs(parsed);
        error = Contradiction(parsed, inputs);
        if (error is not null || !InputRules.TryMtu(parsed.GetValue(CommonOptions.Mtu), out int mtu, out error))
        {
            return false;
        }

        bool dry = parsed.Has(FixOptions.DryRun);
        request = new FixRequest
        {
            Files = Array.ConvertAll(inputs, input => new FixFile(input, dry ? null : OutputOf(input, parsed))),
            Directory = dry ? null : parsed.GetValue(FixOptions.Directory),
            Repair = new RepairOptions
            {
                Mtu = mtu,
                Checksums = !parsed.Has(FixOptions.SegmentsOnly),
                Segments = !parsed.Has(FixOptions.ChecksumsOnly),
                Policy = parsed.Has(FixOptions.All) ? RepairPolicy.All
                    : parsed.Has(FixOptions.Rewritten) ? RepairPolicy.Rewritten
                    : RepairPolicy.ProvenOnly,
                Annotate = parsed.Has(FixOptions.Annotate),
                OutputFormat = parsed.GetValue(FixOptions.Format) switch
                {
                    "pcap" => CaptureFormat.Pcap,
                    "pcapng" => CaptureFormat.PcapNg,
                    _ => null,
                },
            },
            Force = parsed.Has(FixOptions.Force),
            Strict = parsed.Has(CommonOptions.Strict),
            Json = parsed.Has(FixOptions.Json),
            Immediate = parsed.Has(FixOptions.PacketBuffered),
        };
        return true;
    }

    private static string? Contradiction(ParseResult parsed, string[] inputs)
    {
        bool write = parsed.Has(FixOptions.Write);
        bool directory = parsed.Has(FixOptions.Directory);
        if (InputRules.Contradiction(inputs) is { } problem)
        {
            return problem;
        }

        if (write && directory)
        {
            return "-w and -o exclude each other";
        }

        if (!write && !directory && !parsed.Has(FixOptions.DryRun))
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
            return $"two inputs are named {name}, and would be one file in {parsed.GetValue(FixOptions.Directory)}";
        }

        if (parsed.Has(FixOptions.ChecksumsOnly) && parsed.Has(FixOptions.SegmentsOnly))
        {
            return "--checksums-only and --segments-only exclude each other";
        }

        return parsed.Has(FixOptions.Json) && parsed.GetValue(FixOptions.Write) == "-" && !parsed.Has(FixOptions.DryRun)
            ? "--json and -w - both want stdout"
            : null;
    }

    private static string? TwiceNamed(string[] inputs)
    {
        HashSet<string> names = [];
        return Array.Find(inputs, input => !names.Add(Path.GetFileName(input))) is { } twice ? Path.GetFileName(twice) : null;
    }

    private static string? OutputOf(string input, ParseResult parsed) => parsed.GetValue(FixOptions.Directory) is { } directory
        ? Path.Combine(directory, Path.GetFileName(input))
        : parsed.GetValue(FixOptions.Write);
}
