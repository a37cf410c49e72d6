using Wiretrue.Headers;

namespace Wiretrue.Packets;

/// <summary>
/// What is still owed to a packet's bytes, or was already verified: the offload members of <c>struct sk_buff</c> and
/// <c>struct skb_shared_info</c> (linux/skbuff.h).
/// </summary>
/// <remarks>
/// A value of 36 bytes, members lying in the order of their declaration. Where the headers are is not said here: the packet's
/// <see cref="Packet.Layout"/> does, the inner ones included.
/// </remarks>
public readonly partial record struct OffloadState
{
    private readonly bool _isEncapsulated;

    /// <summary>Who has done, or owes, the transport checksum (<c>ip_summed</c>).</summary>
    public ChecksumState Checksum { get; init; }

    /// <summary>The checksum owed is CRC32c, not the Internet checksum (<c>csum_not_inet</c>).</summary>
    public bool ChecksumIsCrc32C { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Unnecessary"/>: consecutive verified checksums minus one, 0 to 3 (<c>csum_level</c>).
    /// </summary>
    public byte ChecksumLevel { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Partial"/>: where to sum from, in bytes from the packet's first (<c>csum_start</c>). With
    /// <see cref="ChecksumState.Complete"/>: where <see cref="CompleteSum"/> begins, commonly at the network header.
    /// </summary>
    public int ChecksumStart { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Partial"/>: where to store, in bytes from <see cref="ChecksumStart"/> (<c>csum_offset</c>).
    /// </summary>
    public ushort ChecksumOffset { get; init; }

    /// <summary>
    /// With <see cref="ChecksumState.Complete"/>: the sum from <see cref="ChecksumStart"/> to the packet's end, folded, not inverted, as a
    /// big-endian number (<c>csum</c>). It follows when bytes are pulled or trimmed; who adds bytes, or writes others, gives a new one.
    /// </summary>
    public ushort CompleteSum { get; init; }

    /// <summary>How the super-frame is to be cut (<c>gso_type</c>).</summary>
    public GsoType GsoType { get; init; }

    /// <summary>Payload bytes per segment (<c>gso_size</c>); 0 when this is not a super-frame.</summary>
    public int GsoSize { get; init; }

    /// <summary>How many frames the super-frame stands for (<c>gso_segs</c>); 0 when not counted.</summary>
    public int GsoSegments { get; init; }

    /// <summary>
    /// With <see cref="GsoType.UdpFragmentation"/> over IPv6: the identification that all fragments have (<c>ip6_frag_id</c>, in kernels
    /// up to 4.15); 0 to have one drawn at random, as later kernels do.
    /// </summary>
    public uint FragmentIdentification { get; init; }

    /// <summary>
    /// What the ESP of the packet carries, while it is to be encrypted still (<c>proto</c> of <c>struct xfrm_offload</c>): IPv4 or IPv6 in
    /// tunnel mode, a transport in transport mode; 0 when there is nothing to encrypt. Trailer and check value are owed with it.
    /// </summary>
    public IPProtocol EspNextHeader { get; init; }

    /// <summary>With <see cref="EspNextHeader"/>: bytes of initialization vector behind the ESP header (<c>crypto_aead_ivsize</c>).</summary>
    public byte EspIVLength { get; init; }

    /// <summary>
    /// EtherType of a VLAN tag that is not in the bytes yet, 0x8100 or 0x88A8 (<c>vlan_proto</c>); 0 when there is none.
    /// </summary>
    public ushort VlanProtocol { get; init; }

    /// <summary>Priority, drop bit and VLAN number of that tag (<c>vlan_tci</c>).</summary>
    public ushort VlanTci { get; init; }

    /// <summary>True when a VLAN tag stands outside of the bytes (<c>skb_vlan_tag_present</c>); VLAN 0 is one as well.</summary>
    public bool HasVlanTag => VlanProtocol != 0;

    /// <summary>
    /// What is owed concerns inner headers (<c>encapsulation</c>); always so when <see cref="GsoType"/> names a tunnel.
    /// </summary>
    public bool IsEncapsulated
    {
        get => _isEncapsulated || GsoType.IsTunnel();
        init => _isEncapsulated = value;
    }

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
