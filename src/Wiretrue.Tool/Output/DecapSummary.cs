using System.Text;
using Wiretrue.Captures.Tunnelling;

namespace Wiretrue.Tool.Output;

/// <summary>The summary of a decapsulation: one line.</summary>
internal static class DecapSummary
{
    /// <summary>The line for one input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="output">The output's name; null for a dry run.</param>
    /// <param name="report">What was done.</param>
    /// <param name="kept">The others were kept, and not left out.</param>
    public static string Line(string input, string? output, DecapsulationReport report, bool kept)
    {
        var line = new StringBuilder($"{input} -> {output ?? "nothing written"}: ")
            .Append($"{Counted.Of(report.InPackets, "packet")} in, {report.OutPackets} out; {report.Decapsulated} out of tunnels");
        string before = ": ";
        foreach ((TunnelKind kind, long count) in report.Kinds)
        {
            line.Append($"{before}{count} {TunnelWords.Of(kind)}");
            before = ", ";
        }

        if (report.RemoteChecksums > 0)
        {
            line.Append($"; {Counted.Of(report.RemoteChecksums, "remote checksum")} completed");
        }

        before = kept ? "; kept: " : "; left out: ";
        foreach ((PeelFault fault, long count) in report.Others)
        {
            line.Append($"{before}{count} {TunnelWords.Of(fault)}");
            before = ", ";
        }

        return line.ToString();
    }
}
