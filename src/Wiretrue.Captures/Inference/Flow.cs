namespace Wiretrue.Captures.Inference;

/// <summary>What is known of one direction of a flow.</summary>
internal struct Flow
{
    /// <summary>Whose it is.</summary>
    public FlowKey Key;

    /// <summary>Number of the look-up that found it last; 0 for a slot never used.</summary>
    public uint LastUsed;

    /// <summary>MSS option of this direction's SYN, in bytes; 0 when none was seen.</summary>
    public ushort AnnouncedMss;

    /// <summary>MSS option of the other direction's SYN; 0 when none was seen.</summary>
    public ushort PeerMss;

    /// <summary>How large its segments are, as far as they show.</summary>
    public SegmentSizes Sizes;

    /// <summary>How its IPv4 identification advances.</summary>
    public IdentificationTrail Identification;

    /// <summary>By how much its checksums are off.</summary>
    public ChecksumShift Shift;

    /// <summary>The largest segment that both ends agreed on, TCP options included; 0 when no SYN was seen.</summary>
    public readonly int NegotiatedMss => (AnnouncedMss, PeerMss) switch
    {
        (0, var peer) => peer,
        (var own, 0) => own,
        var (own, peer) => Math.Min(own, peer),
    };
}
