namespace Wiretrue.Packets;

/// <summary>
/// What is still owed to a packet's bytes, or was already verified: the offload members of <c>struct sk_buff</c> and
/// <c>struct skb_shared_info</c> (linux/skbuff.h).
/// </summary>
public readonly record struct OffloadState
{
    /// <summary>Who has done, or owes, the transport checksum (<c>ip_summed</c>).</summary>
    public ChecksumState Checksum { get; init; }

    /// <summary>The checksum owed is CRC32c, not the Internet checksum (<c>csum_not_inet</c>).</summary>
    public bool ChecksumIsCrc32C { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Unnecessary"/>: consecutive verified checksums minus one, 0 to 3 (<c>csum_level</c>).
    /// </summary>
    public byte ChecksumLevel { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Partial"/>: where to sum from, in bytes from the packet's first (<c>csum_start</c>).
    /// </summary>
    public int ChecksumStart { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Partial"/>: where to store, in bytes from <see cref="ChecksumStart"/> (<c>csum_offset</c>).
    /// </summary>
    public ushort ChecksumOffset { get; init; }

    /// <summary>How the super-frame is to be cut (<c>gso_type</c>).</summary>
    public GsoType GsoType { get; init; }

    /// <summary>Payload bytes per segment (<c>gso_size</c>); 0 when this is not a super-frame.</summary>
    public int GsoSize { get; init; }

    /// <summary>How many frames the super-frame stands for (<c>gso_segs</c>); 0 when not counted.</summary>
    public int GsoSegments { get; init; }

    /// <summary>
    /// The <see cref="GsoSize"/> that says that each packet of the fragment list is a segment, whatever its length (<c>GSO_BY_FRAGS</c>).
    /// </summary>
    public const int GsoByFragmentList = 0xFFFF;

    /// <summary>True when the packets of the fragment list are the segments, so that the list must stay as it is.</summary>
    public bool IsCutAtFragmentList =>
        (GsoType & GsoType.FragmentList) != 0 || (GsoSize == GsoByFragmentList && (GsoType & GsoType.Sctp) != 0);

    /// <summary>True when the packet stands for several frames (<c>skb_is_gso</c>).</summary>
    public bool IsGso => GsoSize != 0;
}
