using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>What one call of <c>wiretrue fix</c> asks for, found consistent.</summary>
internal sealed record FixRequest
{
    public required OutputRequest Output { get; init; }

    public required RepairOptions Repair { get; init; }

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
        if (!OutputRequest.TryCreate(parsed, out OutputRequest? output, out error))
        {
            return false;
        }

        bool checksumsOnly = parsed.Has(FixOptions.ChecksumsOnly), segmentsOnly = parsed.Has(FixOptions.SegmentsOnly);
        error = checksumsOnly && segmentsOnly ? "--checksums-only and --segments-only exclude each other" : null;
        if (error is not null || !InputRules.TryMtu(parsed.GetValue(CommonOptions.Mtu), out int mtu, out error))
        {
            return false;
        }

        request = new FixRequest
        {
            Output = output,
            Repair = new RepairOptions
            {
                Mtu = mtu,
                Checksums = !segmentsOnly,
                Segments = !checksumsOnly,
                Policy = parsed.Has(FixOptions.All) ? RepairPolicy.All
                    : parsed.Has(FixOptions.Rewritten) ? RepairPolicy.Rewritten
                    : RepairPolicy.ProvenOnly,
                Annotate = parsed.Has(FixOptions.Annotate),
                OutputFormat = output.Format,
            },
            Immediate = parsed.Has(FixOptions.PacketBuffered),
        };
        return true;
    }
}
