using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Pipelines;

namespace Wiretrue.Captures.Repair;

/// <summary>Gives back the frames that the wire carried: infers what each packet of a capture was owed, and sends it down the transmit path.</summary>
public static class CaptureRepair
{
    /// <summary>Repairs a whole capture.</summary>
    /// <param name="reader">What to read; read to its end.</param>
    /// <param name="output">Where to write; null to find out only what would be done. The caller completes it.</param>
    /// <param name="options">What may be done.</param>
    /// <param name="target">For a conversion from pcapng to pcap: what the pcap must hold; null to take it from the first window.</param>
    /// <param name="progress">Told, from the working thread, of each window that has been repaired; may be null.</param>
    /// <param name="cancellation">Ends the repair between two windows.</param>
    /// <exception cref="CaptureFormatException">The capture contradicts itself.</exception>
    /// <exception cref="CaptureAccessException">The system could not read or write on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RepairReport Run(
        CaptureReader reader, CaptureOutput? output, RepairOptions options, PcapTarget? target = null,
        Action<RepairReport>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        var report = new RepairReport();
        CaptureFormat format = options.OutputFormat ?? reader.Format;
        RecordEmitter emitter = RecordEmitter.Create(reader.Name, reader.Format, format, output?.CanRevise ?? true, target);
        using var repair = new WindowRepair(options, report, emitter, converts: format != reader.Format);
        CaptureRun.Run(reader, output, emitter, repair, report, () => progress?.Invoke(report), cancellation);
        report.OutPackets = report.InPackets - report.SuperFrames + report.Segments;
        report.Untouched = report.InPackets - report.SuperFrames - report.Completed;
        return report;
    }
}
