using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue merge</c>.</summary>
internal static class MergeCommandOptions
{
    // Merging has a container of its own that it writes when nobody says.
    public static readonly Option<string> Format = Words.Choice("--format", "-F", "FORMAT", "write pcap or pcapng; else pcapng", "pcap", "pcapng");

    public static readonly Option<string> MaxSize =
        Words.Value("--max-size", null, "N", "super-frames stay below N bytes of IP; else 65536, and up to 524280");

    public static readonly Option<string> FlushAfter =
        Words.Value("--flush-after", null, "TIME", "a frame waits so long for the next of its flow; else 1ms");

    public static readonly Option Udp = Words.Flag("--udp", null, "merge UDP datagrams as well");
    public static readonly Option Outbound = Words.Flag("--outbound", null, "merge frames that a pcapng marks as sent as well");
}
