namespace Wiretrue.Captures.Diagnosis;

/// <summary>How many packets stand for several frames of the wire, by the state of the checksum of the transport that would be cut.</summary>
public sealed class SuperFrameCounts
{
    /// <summary>All of them.</summary>
    public long Count { get; internal set; }

    /// <summary>With a partial checksum.</summary>
    public long Partial { get; internal set; }

    /// <summary>With a partial checksum that leaves the length out.</summary>
    public long PartialNoLength { get; internal set; }

    /// <summary>With a checksum of zero.</summary>
    public long Zero { get; internal set; }

    /// <summary>With a good checksum.</summary>
    public long Good { get; internal set; }

    /// <summary>With any other checksum: bad, rewritten or unverifiable.</summary>
    public long Bad { get; internal set; }

    /// <summary>The largest one's length on the wire in bytes, link header included.</summary>
    public long LargestBytes { get; internal set; }
}
