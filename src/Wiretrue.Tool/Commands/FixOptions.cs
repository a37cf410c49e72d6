using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue fix</c>.</summary>
internal static class FixOptions
{
    public static readonly Option ChecksumsOnly = Words.Flag("--checksums-only", null, "complete checksums, leave super-frames whole");

    public static readonly Option SegmentsOnly =
        Words.Flag("--segments-only", null, "cut super-frames, leave the checksums of other packets");

    public static readonly Option Rewritten =
        Words.Flag("--rewritten", null, "also recompute checksums off by a constant (rewritten addresses)");

    public static readonly Option All = Words.Flag("--all", null, "also recompute every other wrong checksum, true corruption included");
    public static readonly Option Annotate = Words.Flag("--annotate", null, "leave a comment in each changed packet (pcapng)");

    public static readonly Option PacketBuffered =
        Words.Flag("--packet-buffered", "-U", "write what has arrived at once; sizes are inferred from less");
}
