namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>
/// Files that people take for captures, or that hold them in a way we don't read: a name for each is better than "unknown".
/// </summary>
internal static class ForeignMagic
{
    /// <summary>Bytes that the longest of them has.</summary>
    public const int Longest = 6;

    /// <summary>What the file is and what to do, from its first bytes; null when they are unknown.</summary>
    public static (string What, string Advice)? Recognize(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'s', (byte)'n', (byte)'o', (byte)'o', (byte)'p', 0, ..] => ("a Solaris snoop file", ToPcapNg),
        [0xA1, 0xB2, 0xCD, 0x34, ..] or [0x34, 0xCD, 0xB2, 0xA1, ..] => ("a modified pcap file (Kuznetzov's patch)", ToPcapNg),
        [0x04, 0x22, 0x4D, 0x18, ..] => ("compressed with lz4", "decompress it first: `lz4 -d`"),
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => ("compressed with xz", "decompress it first: `xz -d`"),
        [(byte)'B', (byte)'Z', (byte)'h', ..] => ("compressed with bzip2", "decompress it first: `bzip2 -d`"),
        [(byte)'P', (byte)'K', 3, 4, ..] => ("a zip archive", "extract the capture first"),
        _ => null,
    };

    private const string ToPcapNg = "convert it first: `editcap -F pcapng`";
}
