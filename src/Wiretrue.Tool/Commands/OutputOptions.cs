using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>Options of the commands that write captures: where to, and what.</summary>
internal static class OutputOptions
{
    public static readonly Option<string> Write = Words.Value("--write", "-w", "OUT", "write the result here; - for stdout");

    public static readonly Option<string> Directory =
        Words.Value("--output-dir", "-o", "DIR", "write the result of each input into DIR, under its own name");

    public static readonly Option Force = Words.Flag("--force", "-f", "write over an output that exists (never over the input)");

    public static readonly Option<string> Format =
        Words.Choice("--format", "-F", "FORMAT", "write pcap or pcapng; else what the input is", "pcap", "pcapng");

    public static readonly Option DryRun = Words.Flag("--dry-run", null, "do everything but write");
    public static readonly Option Json = Words.Flag("--json", null, "print the report as JSON on stdout, one line per input");
}
