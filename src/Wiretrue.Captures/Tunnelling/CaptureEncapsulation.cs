using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Pipelines;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>Puts the packets of a capture into a tunnel.</summary>
/// <remarks>
/// What a packet owes is inferred, as for a repair, and it goes in as a stack's would: half-made checksums inside stay half-made, the outer one is
/// what holds once they are complete, and a super-frame goes in whole. <see cref="CaptureDecapsulation"/> gives the same bytes back. In a tunnel of
/// IP packets the link header stays, and so does what follows the packet.
/// </remarks>
public static class CaptureEncapsulation
{
    /// <summary>Encapsulates a whole capture.</summary>
    /// <param name="reader">What to read; read to its end.</param>
    /// <param name="output">Where to write; null to find out only what would be done. The caller completes it.</param>
    /// <param name="options">Into what.</param>
    /// <param name="target">For a conversion from pcapng to pcap: what the pcap must hold; null to take it from the first window.</param>
    /// <param name="cancellation">Ends the work between two windows.</param>
    /// <exception cref="ArgumentException">The tunnel's settings contradict one another.</exception>
    /// <exception cref="CaptureFormatException">The capture contradicts itself.</exception>
    /// <exception cref="CaptureAccessException">The system could not read or write on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EncapsulationReport Run(
        CaptureReader reader, CaptureOutput? output, EncapsulationOptions options, PcapTarget? target = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        var report = new EncapsulationReport();
        RecordEmitter emitter = RecordEmitter.Create(
            reader.Name, reader.Format, options.OutputFormat ?? reader.Format, output?.CanRevise ?? true, target, links: type => type);
        using var work = new WindowEncapsulation(options, report, emitter);
        CaptureRun.Run(reader, output, emitter, work, report, written: null, cancellation);
        return report;
    }
}
