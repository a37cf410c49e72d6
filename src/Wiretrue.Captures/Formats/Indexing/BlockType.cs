namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>pcapng's block types that tell of packets; every other passes as it is.</summary>
internal static class BlockType
{
    public const uint InterfaceDescription = 1;
    public const uint ObsoletePacket = 2;
    public const uint SimplePacket = 3;
    public const uint EnhancedPacket = 6;
    public const uint SectionHeader = PcapMagic.SectionHeader;

    /// <summary>The byte-order magic of a Section Header Block.</summary>
    public const uint ByteOrderMagic = 0x1A2B3C4D;
}
