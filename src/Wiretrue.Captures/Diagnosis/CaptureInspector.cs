using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>Counts the states of a capture's checksums and its super-frames, without changing anything.</summary>
public sealed class CaptureInspector
{
    private readonly OffloadInference _inference;

    /// <summary>Starts counting.</summary>
    /// <param name="options">What is known of the wire; sums are taken exactly, whatever it says.</param>
    public CaptureInspector(InferenceOptions options) => _inference = new OffloadInference(options with { Exact = true });

    /// <summary>What was counted so far.</summary>
    public InspectReport Report { get; } = new();

    /// <summary>Counts the packets of <paramref name="window"/>, the next of the capture.</summary>
    public void Count(CaptureWindow window)
    {
        _inference.Observe(window);
        Report.Packets += window.Records.Length;
    }
}
