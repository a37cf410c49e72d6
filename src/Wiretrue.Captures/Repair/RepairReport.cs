namespace Wiretrue.Captures.Repair;

/// <summary>What a repair did.</summary>
public sealed class RepairReport : CaptureReport
{
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
}
