using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats;

/// <summary>What a capture says of one interface: pcapng's Interface Description Block, or pcap's file header.</summary>
public readonly record struct CaptureInterface
{
    /// <summary>What its packets begin with.</summary>
    public LinkType LinkType { get; init; }

    /// <summary>Most bytes captured of one packet; 0 for no limit.</summary>
    public uint SnapLength { get; init; }

    /// <summary>Unit of its timestamps (<c>if_tsresol</c>).</summary>
    public TimestampResolution Resolution { get; init; }

    /// <summary>Seconds to add to each of its timestamps (<c>if_tsoffset</c>).</summary>
    public long TimestampOffset { get; init; }

    /// <summary>Bytes of frame check sequence at the end of each packet, as far as the capture says so; else 0.</summary>
    public byte FcsLength { get; init; }
}
