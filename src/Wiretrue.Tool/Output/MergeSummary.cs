using System.Text;
using Wiretrue.Captures.Coalescing;

namespace Wiretrue.Tool.Output;

/// <summary>The summary of a merge: one line.</summary>
internal static class MergeSummary
{
    /// <summary>The line for one input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="output">The output's name; null for a dry run.</param>
    /// <param name="report">What was done.</param>
    public static string Line(string input, string? output, MergeReport report)
    {
        var line = new StringBuilder($"{input} -> {output ?? "nothing written"}: ")
            .Append($"{Counted.Of(report.InPackets, "packet")} in, {report.OutPackets} out; ")
            .Append($"{Counted.Of(report.Merged, "frame")} merged into {Counted.Of(report.SuperFrames, "super-frame")}, {report.Untouched} untouched");
        if (report.Irreversible > 0)
        {
            line.Append($"; left apart: {Counted.Of(report.Irreversible, "super-frame")} that fix could not cut as it was");
        }

        return line.ToString();
    }
}
