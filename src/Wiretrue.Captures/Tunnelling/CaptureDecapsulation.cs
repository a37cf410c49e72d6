using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Pipelines;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>Takes the packets of a capture out of their tunnels.</summary>
/// <remarks>
/// <para>
/// A capture is opened, not received: what is inside comes out byte for byte, whatever the outer checksums are, and no congestion mark is
/// copied inwards. The one thing that is done is what the sender asked of whoever receives: checksums left to the receiver (remote checksum
/// offload) are completed.
/// </para>
/// <para>
/// An Ethernet frame comes out as it is. A packet without an Ethernet header gets the one that was before the tunnel, with its VLAN tags, which
/// names what follows now. Link types that no Ethernet frame fits become Ethernet for all packets of the capture, with addresses of zeros, unless
/// only tunnels of IP packets are asked for.
/// </para>
/// </remarks>
public static class CaptureDecapsulation
{
    /// <summary>Opens a whole capture.</summary>
    /// <param name="reader">What to read; read to its end.</param>
    /// <param name="output">Where to write; null to find out only what would be done. The caller completes it.</param>
    /// <param name="options">What is taken out.</param>
    /// <param name="target">For a conversion from pcapng to pcap: what the pcap must hold; null to take it from the first window.</param>
    /// <param name="cancellation">Ends the work between two windows.</param>
    /// <exception cref="CaptureFormatException">The capture contradicts itself.</exception>
    /// <exception cref="CaptureAccessException">The system could not read or write on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DecapsulationReport Run(
        CaptureReader reader, CaptureOutput? output, DecapsulationOptions options, PcapTarget? target = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        var report = new DecapsulationReport();
        RecordEmitter emitter = RecordEmitter.Create(
            reader.Name, reader.Format, options.OutputFormat ?? reader.Format, output?.CanRevise ?? true, target, options.Links ?? (type => type));
        CaptureRun.Run(reader, output, emitter, new WindowDecapsulation(options, report, emitter), report, written: null, cancellation);
        if (report.RemoteChecksumsLeft > 0)
        {
            report.Warnings.Add(
                $"{report.RemoteChecksumsLeft} checksums that were left to the receiver stay half-made: not all bytes that they cover were captured");
        }
        return report;
    }
}
