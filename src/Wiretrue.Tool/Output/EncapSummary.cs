using System.Text;
using Wiretrue.Captures.Tunnelling;

namespace Wiretrue.Tool.Output;

/// <summary>The summary of an encapsulation: one line.</summary>
internal static class EncapSummary
{
    /// <summary>The line for one input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="output">The output's name; null for a dry run.</param>
    /// <param name="report">What was done.</param>
    /// <param name="kept">The others were kept, and not left out.</param>
    public static string Line(string input, string? output, EncapsulationReport report, bool kept)
    {
        var line = new StringBuilder($"{input} -> {output ?? "nothing written"}: ")
            .Append($"{Counted.Of(report.InPackets, "packet")} in, {report.OutPackets} out; {report.Encapsulated} into the tunnel");
        if (report.RemoteChecksums > 0)
        {
            line.Append($", {Counted.Of(report.RemoteChecksums, "checksum")} left to the receiver");
        }

        string before = kept ? "; kept: " : "; left out: ";
        foreach ((EncapsulationFault fault, long count) in report.Others)
        {
            line.Append($"{before}{count} {TunnelWords.Of(fault)}");
            before = ", ";
        }

        return line.ToString();
    }
}
