using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue fix</c>.</summary>
internal static class FixOptions
{
    public static readonly Option Read = new('r', "read", "IN", "read this capture; the same as IN alone; - for stdin") { Repeats = true };
    public static readonly Option Write = new('w', "write", "OUT", "write the repaired capture here; - for stdout");
    public static readonly Option Directory = new('o', "output-dir", "DIR", "write each repaired capture into DIR, under its own name");
    public static readonly Option Force = new('f', "force", null, "write over an output that exists (never over the input)");
    public static readonly Option Format = new('F', "format", "FORMAT", "write pcap or pcapng; else what the input is") { Choices = ["pcap", "pcapng"] };
    public static readonly Option Mtu = new('\0', "mtu", "N|auto", "the wire's MTU, 68 to 65535 bytes; auto takes it from the capture");
    public static readonly Option ChecksumsOnly = new('\0', "checksums-only", null, "complete checksums, leave super-frames whole");
    public static readonly Option SegmentsOnly = new('\0', "segments-only", null, "cut super-frames, leave the checksums of other packets");
    public static readonly Option Rewritten = new('\0', "rewritten", null, "also recompute checksums off by a constant (rewritten addresses)");
    public static readonly Option All = new('\0', "all", null, "also recompute every other wrong checksum, true corruption included");
    public static readonly Option Annotate = new('\0', "annotate", null, "leave a comment in each changed packet (pcapng)");
    public static readonly Option DryRun = new('\0', "dry-run", null, "do everything but write");
    public static readonly Option Strict = CommonOptions.Strict;
    public static readonly Option Json = new('\0', "json", null, "print the report as JSON on stdout, one line per input");

    /// <summary>All of them, in the order of the help.</summary>
    public static readonly Option[] List =
    [
        Read, Write, Directory, Force, Format, Mtu, ChecksumsOnly, SegmentsOnly, Rewritten, All, Annotate, DryRun, Strict, Json,
        CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color, Command.Help,
    ];
}
