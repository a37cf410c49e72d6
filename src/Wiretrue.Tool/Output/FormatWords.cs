using Wiretrue.Captures.Formats;

namespace Wiretrue.Tool.Output;

/// <summary>The words for containers and compressions, in JSON and in sentences.</summary>
internal static class FormatWords
{
    public static string Of(CaptureFormat format) => format == CaptureFormat.PcapNg ? "pcapng" : "pcap";

    public static string Of(CaptureCompression compression) => compression switch
    {
        CaptureCompression.Gzip => "gzip",
        CaptureCompression.Zstandard => "zstd",
        _ => "none",
    };
}
