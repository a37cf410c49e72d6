using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>Counts the states of a capture's checksums and its super-frames, without changing anything.</summary>
public sealed class CaptureInspector
{
    private readonly OffloadInference _inference;
    private PacketLayout _layout;

    /// <summary>Starts counting.</summary>
    /// <param name="options">What is known of the wire; sums are taken exactly, whatever it says.</param>
    public CaptureInspector(InferenceOptions options) => _inference = new OffloadInference(options with { Exact = true });

    /// <summary>What was counted so far.</summary>
    public InspectReport Report { get; } = new();

    /// <summary>Counts all packets that <paramref name="reader"/> still has.</summary>
    public static InspectReport Inspect(CaptureReader reader, InferenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var inspector = new CaptureInspector(options);
        var window = new CaptureWindow();
        while (reader.Read(window))
            inspector.Count(window);
        inspector.Report.Format = reader.Format;
        inspector.Report.Bytes = reader.Position;
        return inspector.Report;
    }

    /// <summary>Counts the packets of <paramref name="window"/>, the next of the capture.</summary>
    public void Count(CaptureWindow window)
    {
        _inference.Observe(window);
        Report.Packets += window.Records.Length;
        for (int i = 0; i < window.Records.Length; i++)
        {
            bool superFrame = !_inference.Verdicts[i].IsTrue && _inference.Decide(window, i, ref _layout).SuperFrame;
            PacketVerdict verdict = _inference.Verdicts[i];
            CountHeaders(in verdict, window.Records[i].IsSnapped);
            CountTransports(in verdict);
            if (superFrame)
                Report.SuperFrames.Add(verdict.Checksum(verdict.Transports - 1), window.Records[i].OriginalLength);
        }
        foreach (VerdictCorrection correction in _inference.Corrections)
        {
            if (CountsOf(correction.Kind, correction.Inner) is not { } counts)
                continue;
            counts.Add(CapturedChecksum.Bad, -correction.Count);
            counts.Add(correction.Verdict, correction.Count);
        }
    }

    private void CountHeaders(in PacketVerdict verdict, bool snapped)
    {
        Report.Truncated += snapped ? 1 : 0;
        Report.Malformed += Has(in verdict, VerdictFlags.Malformed);
        Report.Fragments += Has(in verdict, VerdictFlags.Fragment);
        Report.IPv4LengthZero += Has(in verdict, VerdictFlags.IPv4LengthZero);
        Report.IPv6LengthZero += Has(in verdict, VerdictFlags.IPv6LengthZero);
        Report.IPv4Good += verdict.IPv4Header == CapturedChecksum.Good ? 1 : 0;
        Report.IPv4Zero += verdict.IPv4Header == CapturedChecksum.Zero ? 1 : 0;
        Report.IPv4Bad += verdict.IPv4Header == CapturedChecksum.Bad ? 1 : 0;
    }

    private void CountTransports(in PacketVerdict verdict)
    {
        bool tunnel = Has(in verdict, VerdictFlags.TunnelWithoutTransport) != 0;
        for (int level = 0; level < verdict.Transports; level++)
            CountsOf(verdict.Kind(level), tunnel || level > 0)?.Add(verdict.Checksum(level));
    }

    private ChecksumCounts? CountsOf(LayerKind kind, bool inner) => (kind, inner) switch
    {
        (LayerKind.Tcp, false) => Report.Tcp,
        (LayerKind.Udp, false) => Report.Udp,
        (LayerKind.Sctp, false) => Report.Sctp,
        (LayerKind.Icmp, false) => Report.Icmp,
        (LayerKind.IcmpV6, false) => Report.IcmpV6,
        (LayerKind.Tcp, true) => Report.InnerTcp,
        (LayerKind.Udp, true) => Report.InnerUdp,
        _ => null,
    };

    private static int Has(in PacketVerdict verdict, VerdictFlags flag) => (verdict.Flags & flag) != 0 ? 1 : 0;
}
