namespace Wiretrue.Captures.Coalescing;

/// <summary>What was merged.</summary>
public sealed class MergeReport : CaptureReport
{
    /// <summary>Super-frames that were made.</summary>
    public long SuperFrames { get; internal set; }

    /// <summary>Frames that are in them.</summary>
    public long Merged { get; internal set; }

    /// <summary>Packets written exactly as they were read.</summary>
    public long Untouched { get; internal set; }

    /// <summary>
    /// Super-frames that a kernel would have made and that were not, since a repair could not give each of their frames back.
    /// </summary>
    public long Irreversible { get; internal set; }

    /// <summary>Comments of frames that are no longer packets of their own.</summary>
    public long LostComments { get; internal set; }
}
