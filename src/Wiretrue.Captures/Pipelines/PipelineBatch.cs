using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Pipelines;

/// <summary>What goes from the worker to the writer.</summary>
internal sealed class PipelineBatch
{
    /// <summary>The bytes to write.</summary>
    public OutputBatch Output { get; } = new();

    /// <summary>The window that can be read into again once this is written; null while more batches of it follow.</summary>
    public CaptureWindow? Finished { get; set; }
}
