using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue fix</c>.</summary>
internal static class FixOptions
{
    public static readonly Option<string> Write = Words.Value("--write", "-w", "OUT", "write the repaired capture here; - for stdout");

    public static readonly Option<string> Directory =
        Words.Value("--output-dir", "-o", "DIR", "write each repaired capture into DIR, under its own name");

    public static readonly Option Force = Words.Flag("--force", "-f", "write over an output that exists (never over the input)");

    public static readonly Option<string> Format =
        Words.Choice("--format", "-F", "FORMAT", "write pcap or pcapng; else what the input is", "pcap", "pcapng");

    public static readonly Option ChecksumsOnly = Words.Flag("--checksums-only", null, "complete checksums, leave super-frames whole");

    public static readonly Option SegmentsOnly =
        Words.Flag("--segments-only", null, "cut super-frames, leave the checksums of other packets");

    public static readonly Option Rewritten =
        Words.Flag("--rewritten", null, "also recompute checksums off by a constant (rewritten addresses)");

    public static readonly Option All = Words.Flag("--all", null, "also recompute every other wrong checksum, true corruption included");
    public static readonly Option Annotate = Words.Flag("--annotate", null, "leave a comment in each changed packet (pcapng)");
    public static readonly Option DryRun = Words.Flag("--dry-run", null, "do everything but write");

    public static readonly Option PacketBuffered =
        Words.Flag("--packet-buffered", "-U", "write what has arrived at once; sizes are inferred from less");

    public static readonly Option Json = Words.Flag("--json", null, "print the report as JSON on stdout, one line per input");
}
