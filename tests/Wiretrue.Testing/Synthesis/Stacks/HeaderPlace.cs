namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>Where in a frame a header stands, and in which.</summary>
public sealed record HeaderPlace
{
    /// <summary>The IP header around it; null when there is none.</summary>
    public IPFields? Network { get; init; }

    /// <summary>The header that follows; null when it is the payload.</summary>
    public PlainHeader? Inside { get; init; }

    /// <summary>Which segment; null in the super-frame, where all checksums are owed.</summary>
    public SegmentPlace? Segment { get; init; }

    /// <summary>Bytes from this header's end to the innermost header.</summary>
    public int ToTransport { get; init; }

    /// <summary>The innermost header.</summary>
    public required PlainHeader Transport { get; init; }

    /// <summary>The innermost checksum is left to the receiver, so it is half-made in segments as well.</summary>
    public bool IsRemoteChecksum { get; init; }
}
