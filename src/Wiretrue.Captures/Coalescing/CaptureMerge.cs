using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Pipelines;

namespace Wiretrue.Captures.Coalescing;

/// <summary>Makes of a capture's frames what a receiving kernel would have made of them: super-frames.</summary>
/// <remarks>
/// <para>
/// A super-frame stands in the place of its first frame, with that frame's time: what answers one of its frames still comes after it, and times
/// go on rising. Every other record is written exactly as it was read, and the order within a flow is kept.
/// </para>
/// <para>
/// Nothing is lost by it: <see cref="Repair.CaptureRepair"/> gives back each frame, byte for byte. Flags and a <see cref="SegmentationNote"/> tell it
/// how, and what could not be given back is not merged.
/// </para>
/// </remarks>
public static class CaptureMerge
{
    /// <summary>Merges a whole capture.</summary>
    /// <param name="reader">What to read; read to its end.</param>
    /// <param name="output">Where to write; null to find out only what would be done. The caller completes it.</param>
    /// <param name="options">How.</param>
    /// <param name="target">For a conversion from pcapng to pcap: what the pcap must hold; null to take it from the first window.</param>
    /// <param name="cancellation">Ends the work between two windows.</param>
    /// <exception cref="CaptureFormatException">The capture contradicts itself.</exception>
    /// <exception cref="CaptureAccessException">The system could not read or write on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static MergeReport Run(
        CaptureReader reader, CaptureOutput? output, MergeOptions options, PcapTarget? target = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        var report = new MergeReport();
        RecordEmitter emitter = RecordEmitter.Create(reader.Name, reader.Format, options.OutputFormat, output?.CanRevise ?? true, target);
        using var merge = new WindowMerge(options, report, emitter);
        CaptureRun.Run(reader, output, emitter, merge, report, written: null, cancellation);
        report.Untouched = report.InPackets - report.Merged;
        report.OutPackets = report.Untouched + report.SuperFrames;
        if (report.LostComments > 0)
            report.Warnings.Add($"{report.LostComments} comments of frames that are part of a super-frame now were left out");
        return report;
    }
}
