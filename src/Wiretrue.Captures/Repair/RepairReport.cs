using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Repair;

/// <summary>What a repair did.</summary>
public sealed class RepairReport
{
    /// <summary>Packets read.</summary>
    public long InPackets { get; internal set; }

    /// <summary>Bytes of the capture read, headers of the container included, decompressed.</summary>
    public long InBytes { get; internal set; }

    /// <summary>Packets written.</summary>
    public long OutPackets { get; internal set; }

    /// <summary>Bytes of the capture written, before compression.</summary>
    public long OutBytes { get; internal set; }

    /// <summary>Packets whose checksums were completed, super-frames not counted.</summary>
    public long Completed { get; internal set; }

    /// <summary>Super-frames that were cut.</summary>
    public long SuperFrames { get; internal set; }

    /// <summary>Frames that they became.</summary>
    public long Segments { get; internal set; }

    /// <summary>Packets written exactly as they were read.</summary>
    public long Untouched { get; internal set; }

    /// <summary>Packets that are not what the wire carried, or may not be, and were left alone: how many for each reason.</summary>
    public LeftCountCollection Left { get; } = new();

    /// <summary>The capture stops inside a record; all whole ones were repaired. Null when it ends as it should.</summary>
    public CaptureTruncation? Truncation { get; internal set; }

    /// <summary>What the user should know besides, one line each.</summary>
    public IList<string> Warnings { get; } = [];
}
