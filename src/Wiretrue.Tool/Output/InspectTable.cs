using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Tool.Output;

/// <summary>What was counted in a capture, for people: a few lines and a table that leaves out what did not occur.</summary>
internal sealed class InspectTable
{
    /// <summary>The lines above the table.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The table's columns; the first is the protocol. Only states that occurred.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The table's rows, as long as <see cref="Columns"/>. Only protocols that occurred.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    public InspectTable(string file, CaptureCompression compression, InspectReport report)
    {
        Lines = [.. Describe(file, compression, report)];
        (string Protocol, (string State, long Count)[] Counts)[] all =
        [
            ("IPv4 header", [("good", report.IPv4Good), ("zero", report.IPv4Zero), ("bad", report.IPv4Bad)]),
            ("TCP", States(report.Tcp)),
            ("UDP", States(report.Udp)),
            ("SCTP", States(report.Sctp)),
            ("ICMP", States(report.Icmp)),
            ("ICMPv6", States(report.IcmpV6)),
            ("inner TCP", States(report.InnerTcp)),
            ("inner UDP", States(report.InnerUdp)),
        ];
        string[] states = [.. States(report.Tcp).Select(each => each.State).Where(Occurred)];
        Columns = ["checksums", .. states];
        Rows =
        [
            .. all.Where(row => row.Counts.Any(each => each.Count > 0))
                .Select(row => (string[])[row.Protocol, .. states.Select(state => Cell(row.Counts, state))]),
        ];

        bool Occurred(string state) => all.Any(row => row.Counts.Any(each => each.State == state && each.Count > 0));
    }

    private static string Cell((string State, long Count)[] counts, string state)
    {
        long count = counts.FirstOrDefault(each => each.State == state).Count;
        return count == 0 ? "." : $"{count}";
    }

    // The long names of the states fit a column's head.
    private static (string State, long Count)[] States(ChecksumCounts counts) =>
    [
        ("good", counts.Good),
        ("partial", counts.Partial),
        ("partial-no-length", counts.PartialNoLength),
        ("zero", counts.Zero),
        ("absent", counts.Absent),
        ("rewritten", counts.Rewritten),
        ("rewritten-partial", counts.RewrittenPartial),
        ("adler32", counts.Adler32),
        ("bad", counts.Bad),
        ("unverifiable", counts.Unverifiable),
    ];

    private static IEnumerable<string> Describe(string file, CaptureCompression compression, InspectReport report)
    {
        string compressed = compression == CaptureCompression.None ? "" : $", {FormatWords.Of(compression)}";
        yield return $"{file}: {FormatWords.Of(report.Format)}{compressed}, {report.Packets} packets, {report.Bytes} bytes";
        SuperFrameCounts super = report.SuperFrames;
        yield return super.Count == 0
            ? "super-frames: none"
            : $"super-frames: {super.Count}, the largest {super.LargestBytes} bytes ("
                + Listed(("partial", super.Partial), ("partial-no-length", super.PartialNoLength), ("zero", super.Zero), ("good", super.Good), ("bad", super.Bad))
                + ")";
        string others = Listed(
            ("snapped", report.Truncated),
            ("malformed", report.Malformed),
            ("fragments", report.Fragments),
            ("IPv4 length zero", report.IPv4LengthZero),
            ("IPv6 length zero", report.IPv6LengthZero));
        if (others.Length > 0)
        {
            yield return $"other: {others}";
        }
    }

    private static string Listed(params ReadOnlySpan<(string Word, long Count)> counts)
    {
        var parts = new List<string>();
        foreach ((string word, long count) in counts)
        {
            if (count > 0)
            {
                parts.Add($"{count} {word}");
            }
        }

        return string.Join(", ", parts);
    }
}
