using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>How many transport checksums were in each state; the counts of one protocol.</summary>
public sealed class ChecksumCounts
{
    private readonly long[] _counts = new long[(int)CapturedChecksum.Unverifiable + 1];

    /// <summary>Verified.</summary>
    public long Good => this[CapturedChecksum.Good];

    /// <summary>Held the pseudo-header sum.</summary>
    public long Partial => this[CapturedChecksum.Partial];

    /// <summary>Held the pseudo-header sum without the length.</summary>
    public long PartialNoLength => this[CapturedChecksum.PartialNoLength];

    /// <summary>Were zero where that is no value of its own.</summary>
    public long Zero => this[CapturedChecksum.Zero];

    /// <summary>Were off by a constant per flow.</summary>
    public long Rewritten => this[CapturedChecksum.Rewritten];

    /// <summary>Were partial, and off by a constant per flow.</summary>
    public long RewrittenPartial => this[CapturedChecksum.RewrittenPartial];

    /// <summary>Were wrong.</summary>
    public long Bad => this[CapturedChecksum.Bad];

    /// <summary>Could not be verified.</summary>
    public long Unverifiable => this[CapturedChecksum.Unverifiable];

    /// <summary>UDP over IPv4: zero, which says that there is none.</summary>
    public long Absent => this[CapturedChecksum.Absent];

    /// <summary>SCTP: Adler-32, as before RFC 3309.</summary>
    public long Adler32 => this[CapturedChecksum.Adler32];

    /// <summary>The count of one state.</summary>
    public long this[CapturedChecksum state] => _counts[(int)state];

    internal void Add(CapturedChecksum state, long count = 1) => _counts[(int)state] += count;
}
