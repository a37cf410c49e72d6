using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Wiretrue.Captures.Coalescing;
using Wiretrue.Captures.Formats;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>What one call of <c>wiretrue merge</c> asks for, found consistent.</summary>
internal sealed record MergeRequest
{
    // 8 * 65535: what the kernel allows (GRO_MAX_SIZE).
    private const int LargestSize = 524_280;

    public required OutputRequest Output { get; init; }

    public required MergeOptions Options { get; init; }

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(ParseResult parsed, [NotNullWhen(true)] out MergeRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        if (!OutputRequest.TryCreate(parsed, out OutputRequest? output, out error)
            || !NumberRules.TryRead("--max-size", parsed.GetValue(MergeCommandOptions.MaxSize), 1, LargestSize, out long? size, out error)
            || !NumberRules.TryReadTime("--flush-after", parsed.GetValue(MergeCommandOptions.FlushAfter), out long? time, out error))
        {
            return false;
        }

        var defaults = new MergeOptions();
        request = new MergeRequest
        {
            Output = output,
            Options = new MergeOptions
            {
                MaxSize = (int?)size ?? defaults.MaxSize,
                FlushAfter = time is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : defaults.FlushAfter,
                Udp = parsed.Has(MergeCommandOptions.Udp),
                Outbound = parsed.Has(MergeCommandOptions.Outbound),
                OutputFormat = output.Format ?? CaptureFormat.PcapNg,
            },
        };
        return true;
    }
}
