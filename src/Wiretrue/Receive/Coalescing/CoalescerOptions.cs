namespace Wiretrue.Receive.Coalescing;

/// <summary>How a <see cref="Coalescer"/> works: what a device and its administrator set in the kernel.</summary>
public sealed record CoalescerOptions
{
    /// <summary>What there is where nothing else was asked for: as the kernel starts.</summary>
    public static CoalescerOptions Default { get; } = new();

    /// <summary>
    /// Super-frames of IPv6 stay below so many bytes, counted from the network header (<c>gro_max_size</c>, 65,536; up to 524,280). Above
    /// 65,535 bytes there is TCP alone, outside of tunnels, with a jumbo payload option (BIG TCP).
    /// </summary>
    public int MaxSize { get; init; } = 65_536;

    /// <summary>
    /// The same for IPv4 and for everything that is not IPv6 right behind the link's header (<c>gro_ipv4_max_size</c>). The total length of
    /// a packet above 65,535 bytes is 0.
    /// </summary>
    public int MaxIPv4Size { get; init; } = 65_536;

    /// <summary>UDP datagrams are joined (<c>rx-udp-gro-forwarding</c>), to be cut again as <c>SKB_GSO_UDP_L4</c>; never those of a tunnel itself.</summary>
    public bool UdpForwarding { get; init; }

    /// <summary>
    /// Packets are listed as they came instead of joined (<c>rx-gro-list</c>, <c>SKB_GSO_FRAGLIST</c>): TCP and UDP, and UDP even without
    /// <see cref="UdpForwarding"/>.
    /// </summary>
    public bool FragmentLists { get; init; }

    /// <summary>
    /// VXLAN may leave the checksum inside to the receiver (<c>remcsumrx</c>): a frame that does joins others, and the super-frame leaves it as
    /// well. Otherwise such a checksum is a bad one. GUE need not be told.
    /// </summary>
    public bool RemoteChecksum { get; init; }

    /// <summary>What lies behind MPLS labels is joined, which Linux does not do.</summary>
    public bool Mpls { get; init; }

    /// <summary>What decides the bucket of a flow.</summary>
    public FlowHashing Hashing { get; init; } = FlowHashing.Addresses;

    /// <summary>Buckets, a power of two (<c>GRO_HASH_BUCKETS</c>, 8).</summary>
    public int Buckets { get; init; } = 8;

    /// <summary>Packets held in a bucket, 1 to 64 (<c>MAX_GRO_SKBS</c>, 8): when there is one more, the oldest goes up.</summary>
    public int HeldPerBucket { get; init; } = 8;

    /// <summary>Compare all headers at once where that is enough; off, to have the layers' files decide everything.</summary>
    internal bool TakesShortcut { get; init; } = true;
}
