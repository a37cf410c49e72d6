using System.Text;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;

namespace Wiretrue.Tool.Output;

/// <summary>The summary of a repair: one line.</summary>
internal static class FixSummary
{
    /// <summary>The line for one input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="output">The output's name; null for a dry run.</param>
    /// <param name="report">What was done.</param>
    public static string Line(string input, string? output, RepairReport report)
    {
        var line = new StringBuilder($"{input} -> {output ?? "nothing written"}: ")
            .Append($"{Counted.Of(report.InPackets, "packet")} in, {report.OutPackets} out; ")
            .Append($"{Counted.Of(report.Completed, "checksum")} completed, ")
            .Append($"{Counted.Of(report.SuperFrames, "super-frame")} cut into {Counted.Of(report.Segments, "frame")}, ")
            .Append($"{report.Untouched} untouched");
        string before = "; left alone: ";
        foreach ((LeftReason reason, long packets) in report.Left)
        {
            line.Append($"{before}{packets} {ReasonWords.Plain(reason)}");
            before = ", ";
        }

        return line.ToString();
    }

}
