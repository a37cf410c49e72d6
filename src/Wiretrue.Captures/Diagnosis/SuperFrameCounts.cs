using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>
/// How many packets stand for several frames of the wire, by the state of the checksum of the transport that would be cut.
/// </summary>
public sealed class SuperFrameCounts
{
    private readonly ChecksumCounts _checksums = new();

    /// <summary>All of them.</summary>
    public long Count { get; private set; }

    /// <summary>With a partial checksum.</summary>
    public long Partial => _checksums.Partial;

    /// <summary>With a partial checksum that leaves the length out.</summary>
    public long PartialNoLength => _checksums.PartialNoLength;

    /// <summary>With a checksum of zero.</summary>
    public long Zero => _checksums.Zero;

    /// <summary>With a good checksum.</summary>
    public long Good => _checksums.Good;

    /// <summary>With any other checksum: bad, rewritten or unverifiable.</summary>
    public long Bad => Count - Partial - PartialNoLength - Zero - Good;

    /// <summary>The largest one's length on the wire in bytes, link header included.</summary>
    public long LargestBytes { get; private set; }

    internal void Add(CapturedChecksum state, long bytes)
    {
        Count++;
        _checksums.Add(state);
        LargestBytes = Math.Max(LargestBytes, bytes);
    }
}
