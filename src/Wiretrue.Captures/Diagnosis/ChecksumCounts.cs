namespace Wiretrue.Captures.Diagnosis;

/// <summary>How many transport checksums were in each state; the counts of one protocol.</summary>
public sealed class ChecksumCounts
{
    /// <summary>Verified.</summary>
    public long Good { get; internal set; }

    /// <summary>Held the pseudo-header sum.</summary>
    public long Partial { get; internal set; }

    /// <summary>Held the pseudo-header sum without the length.</summary>
    public long PartialNoLength { get; internal set; }

    /// <summary>Were zero where that is no value of its own.</summary>
    public long Zero { get; internal set; }

    /// <summary>Were off by a constant per flow.</summary>
    public long Rewritten { get; internal set; }

    /// <summary>Were partial, and off by a constant per flow.</summary>
    public long RewrittenPartial { get; internal set; }

    /// <summary>Were wrong.</summary>
    public long Bad { get; internal set; }

    /// <summary>Could not be verified.</summary>
    public long Unverifiable { get; internal set; }

    /// <summary>UDP over IPv4: zero, which says that there is none.</summary>
    public long Absent { get; internal set; }

    /// <summary>SCTP: Adler-32, as before RFC 3309.</summary>
    public long Adler32 { get; internal set; }
}
