namespace Wiretrue.Captures.Inference;

/// <summary>What an inference is to look for, and how sure it must be.</summary>
public sealed record InferenceOptions
{
    /// <summary>The wire's MTU in bytes (IP packet, without the link header); 0 to take it from the capture.</summary>
    public int Mtu { get; init; }

    /// <summary>Half-made checksums are owed their completion.</summary>
    public bool Checksums { get; init; } = true;

    /// <summary>Super-frames are owed their cutting.</summary>
    public bool Segments { get; init; } = true;

    /// <summary>Which checksums may be made good.</summary>
    public RepairPolicy Policy { get; init; }

    /// <summary>
    /// Take every sum, also where the field equals the pseudo-header sum. Diagnosis needs it to tell a good checksum from a partial one
    /// that happens to look the same; repair does not, since completing a good one yields the same bytes.
    /// </summary>
    public bool Exact { get; init; }
}
