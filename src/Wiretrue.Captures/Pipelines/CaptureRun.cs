using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Pipelines;

/// <summary>A whole capture, from its reader through a work to its output.</summary>
internal static class CaptureRun
{
    /// <summary>Runs until the capture ends.</summary>
    /// <param name="reader">What to read; read to its end.</param>
    /// <param name="output">Where to write; null to write nowhere.</param>
    /// <param name="emitter">What the work emits with.</param>
    /// <param name="work">What is done.</param>
    /// <param name="report">Gets what every work has to tell, but for the packets written.</param>
    /// <param name="written">Called, from whichever thread writes, after each batch.</param>
    /// <param name="cancellation">Ends the run between two windows.</param>
    public static void Run(
        CaptureReader reader, CaptureOutput? output, RecordEmitter emitter, WindowWork work, CaptureReport report, Action? written,
        CancellationToken cancellation)
    {
        var pipeline = new WindowPipeline(reader.Read, work, Write, cancellation);
        pipeline.Run();
        if (output is not null)
            emitter.Finish(output);
        report.OutBytes = emitter.Position;
        if (reader.Truncation is { } cut)
            report.Truncation = cut;
        if (emitter.DroppedBlocks > 0)
            report.Warnings.Add($"{emitter.DroppedBlocks} blocks that are not packets have no place in the output's format, and were left out");

        void Write(OutputBatch batch)
        {
            output?.Write(batch);
            written?.Invoke();
        }
    }
}
