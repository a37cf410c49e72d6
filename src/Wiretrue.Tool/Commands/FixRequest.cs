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

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(
        Arguments arguments,
        [NotNullWhen(true)] out FixRequest? request,
        [NotNullWhen(false)] out string? error)
    {
        request = null;
        string[] inputs = [.. arguments.Values(FixOptions.Read), .. arguments.Operands];
        error = Contradiction(arguments, inputs);
        if (error is not null || !InputRules.TryMtu(arguments.Value(FixOptions.Mtu), out int mtu, out error))
        {
            return false;
        }

        bool dry = arguments.Has(FixOptions.DryRun);
        request = new FixRequest
        {
            Files = Array.ConvertAll(inputs, input => new FixFile(input, dry ? null : OutputOf(input, arguments))),
            Directory = dry ? null : arguments.Value(FixOptions.Directory),
            Repair = new RepairOptions
            {
                Mtu = mtu,
                Checksums = !arguments.Has(FixOptions.SegmentsOnly),
                Segments = !arguments.Has(FixOptions.ChecksumsOnly),
                Policy = arguments.Has(FixOptions.All) ? RepairPolicy.All
                    : arguments.Has(FixOptions.Rewritten) ? RepairPolicy.Rewritten
                    : RepairPolicy.ProvenOnly,
                Annotate = arguments.Has(FixOptions.Annotate),
                OutputFormat = arguments.Value(FixOptions.Format) switch
                {
                    "pcap" => CaptureFormat.Pcap,
                    "pcapng" => CaptureFormat.PcapNg,
                    _ => null,
                },
            },
            Force = arguments.Has(FixOptions.Force),
            Strict = arguments.Has(FixOptions.Strict),
            Json = arguments.Has(FixOptions.Json),
        };
        return true;
    }

    private static string? Contradiction(Arguments arguments, string[] inputs)
    {
        bool write = arguments.Has(FixOptions.Write);
        bool directory = arguments.Has(FixOptions.Directory);
        if (InputRules.Contradiction(inputs) is { } problem)
        {
            return problem;
        }

        if (arguments.Value(FixOptions.Write) == "" || arguments.Value(FixOptions.Directory) == "")
        {
            return "the output's name is empty";
        }

        if (write && directory)
        {
            return "-w and -o exclude each other";
        }

        if (!write && !directory && !arguments.Has(FixOptions.DryRun))
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

        if (directory && inputs.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            return $"two inputs are named {same.Key}, and would be one file in {arguments.Value(FixOptions.Directory)}";
        }

        if (arguments.Has(FixOptions.ChecksumsOnly) && arguments.Has(FixOptions.SegmentsOnly))
        {
            return "--checksums-only and --segments-only exclude each other";
        }

        return arguments.Has(FixOptions.Json) && arguments.Value(FixOptions.Write) == "-" && !arguments.Has(FixOptions.DryRun)
            ? "--json and -w - both want stdout"
            : null;
    }

    private static string? OutputOf(string input, Arguments arguments) => arguments.Value(FixOptions.Directory) is { } directory
        ? Path.Combine(directory, Path.GetFileName(input))
        : arguments.Value(FixOptions.Write);
}
