namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>First words of files, as read most significant byte first.</summary>
internal static class PcapMagic
{
    /// <summary>pcap, microseconds, big-endian.</summary>
    public const uint Microseconds = 0xA1B2C3D4;

    /// <summary>pcap, microseconds, little-endian.</summary>
    public const uint MicrosecondsSwapped = 0xD4C3B2A1;

    /// <summary>pcap, nanoseconds, big-endian.</summary>
    public const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>pcap, nanoseconds, little-endian.</summary>
    public const uint NanosecondsSwapped = 0x4D3CB2A1;

    /// <summary>pcapng's Section Header Block type, the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D0D0A;
}
