using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Repair;

/// <summary>What a repair may do.</summary>
public sealed record RepairOptions
{
    /// <summary>The wire's MTU in bytes (IP packet, without the link header); 0 to take it from the capture.</summary>
    public int Mtu { get; init; }

    /// <summary>Complete half-made checksums.</summary>
    public bool Checksums { get; init; } = true;

    /// <summary>Cut super-frames.</summary>
    public bool Segments { get; init; } = true;

    /// <summary>Which checksums may be made good.</summary>
    public RepairPolicy Policy { get; init; }

    /// <summary>Leave a comment in each changed pcapng packet.</summary>
    public bool Annotate { get; init; }

    /// <summary>The container to write; null for the input's own.</summary>
    public CaptureFormat? OutputFormat { get; init; }

    /// <summary>What the inference is told.</summary>
    internal InferenceOptions Inference => new() { Mtu = Mtu, Checksums = Checksums, Segments = Segments, Policy = Policy };
}
