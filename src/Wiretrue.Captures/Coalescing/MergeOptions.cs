using Wiretrue.Captures.Formats;
using Wiretrue.Receive.Coalescing;

namespace Wiretrue.Captures.Coalescing;

/// <summary>How the frames of a capture are merged.</summary>
public sealed record MergeOptions
{
    /// <summary>
    /// What <see cref="FlushAfter"/> is when nobody says: a busy kernel lets go of what it has held for longer than one tick of its clock, which
    /// is a millisecond at most where it looks at all (<c>napi_gro_flush</c> with <c>flush_old</c>, HZ of 1000).
    /// </summary>
    public static TimeSpan DefaultFlushAfter { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Super-frames stay below so many bytes, counted from the network header: 1 to 524,280. Above 65,536 (BIG TCP) for TCP outside of tunnels alone.
    /// </summary>
    public int MaxSize { get; init; } = 65_536;

    /// <summary>How long a frame waits for those that may join it, by the capture's clock.</summary>
    public TimeSpan FlushAfter { get; init; } = DefaultFlushAfter;

    /// <summary>UDP datagrams are merged as well (<c>rx-udp-gro-forwarding</c>).</summary>
    public bool Udp { get; init; }

    /// <summary>Frames that a pcapng marks as sent are merged as well; no kernel receives these.</summary>
    public bool Outbound { get; init; }

    /// <summary>The container to write. A pcap has no place for what gives each frame back.</summary>
    public CaptureFormat OutputFormat { get; init; } = CaptureFormat.PcapNg;

    /// <summary>What a coalescer is told.</summary>
    internal CoalescerOptions Coalescer => new() { MaxSize = MaxSize, MaxIPv4Size = MaxSize, UdpForwarding = Udp };
}
