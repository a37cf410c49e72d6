using System.Numerics;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// A packet that has just come, while its layers are walked over from the outside in and the held packets of other flows are left behind: the
/// members of <c>struct napi_gro_cb</c> (net/gro.h) that a packet needs while it arrives.
/// </summary>
/// <remarks>
/// <code>
///    0            OuterNetworkOffset              Offset                     End
///   +------------+-------------------------------+--------------------------+
///   | link       | walked over                   | Remaining                |
///   +------------+-------------------------------+--------------------------+
///   Candidates: a bit for each held packet that is the same in all that makes a flow, up to Offset
/// </code>
/// Each layer's file has a method <c>Receive</c>, which takes the header, leaves out candidates by <see cref="KeepAlike"/>, says with
/// <see cref="MustPass"/> that the packet can neither join nor be held, and goes on with the next layer. The transport's answers with the held
/// packet that is to be let go, or null. <c>Pass</c> is for what no flow can be told of: the packet goes up at once, and overtakes.
/// </remarks>
internal ref struct Arrival
{
    private const int RecursionLimit = 15;

    private int _depth;
    private RemoteChecksumRequest? _remote;

    /// <summary>Begins at the first byte of <paramref name="packet"/>, every packet of the bucket being a candidate.</summary>
    public Arrival(Packet packet, FlowBucket bucket, CoalescerLimits limits)
    {
        ref readonly OffloadState state = ref packet.State;
        Packet = packet;
        Bucket = bucket;
        Limits = limits;
        Bytes = packet.Linear;
        End = packet.OriginalLength;
        Candidates = bucket.All;
        VlanTag = ((uint)state.VlanProtocol << 16) | state.VlanTci;
        Checksums = LayerChecksums.Of(packet);
        IsGso = state.IsGso;
        Count = IsGso ? state.GsoSegments : 1;
        // Bytes that were not captured can't be verified; of what was joined elsewhere, TCP alone can be cut again as it was.
        MustPass = packet.FragmentList is not null || packet.MissingTail > 0 || (IsGso && !IsTrustedTcp(state));
    }

    /// <summary>The packet.</summary>
    public readonly Packet Packet { get; }

    /// <summary>Where the packets of its flow are held.</summary>
    public readonly FlowBucket Bucket { get; }

    /// <summary>What its owner set.</summary>
    public readonly CoalescerLimits Limits { get; }

    /// <summary>The linear area: whatever <see cref="TryPeek"/> answers with lies there.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Where the next header begins (<c>skb_gro_offset</c>).</summary>
    public int Offset { get; private set; }

    /// <summary>One past the last byte, padding included.</summary>
    public int End { get; }

    /// <summary>Bytes from <see cref="Offset"/> on (<c>skb_gro_len</c>).</summary>
    public readonly int Remaining => End - Offset;

    /// <summary>Bytes from the network header on (<c>skb->len</c>).</summary>
    public readonly int LengthFromNetwork => End - LinkLength;

    /// <summary>Bytes before what the link carries, tags included there.</summary>
    public int LinkLength { get; private set; }

    /// <summary>What the link carries.</summary>
    public EtherType LinkProtocol { get; private set; }

    /// <summary>The VLAN tag outside of the bytes, its EtherType above; 0 for none.</summary>
    public uint VlanTag { get; }

    /// <summary>The held packets that may be of its flow, a bit each (<c>same_flow</c> of each).</summary>
    public ulong Candidates { get; private set; }

    /// <summary>What is known of its checksums.</summary>
    public LayerChecksums Checksums;

    /// <summary>It can neither join nor be held (<c>flush</c>): what is held of its flow goes up, then it.</summary>
    public bool MustPass { get; set; }

    /// <summary>It became part of a held packet, and is no longer the caller's (<c>same_flow</c>).</summary>
    public readonly bool IsJoined => Joined is not null;

    /// <summary>That packet, or null.</summary>
    public HeldPacket? Joined { get; private set; }

    /// <summary>It stands for several frames already.</summary>
    public bool IsGso { get; }

    /// <summary>Frames that it stands for.</summary>
    public int Count { get; }

    /// <summary>A tunnel header was walked over (<c>encap_mark</c>).</summary>
    public bool IsEncapsulated { get; set; }

    /// <summary>A UDP header was walked over that is a part of the tunnel inside of it (<c>is_fou</c>).</summary>
    public bool IsInFou { get; set; }

    /// <summary>It is to be listed as it came (<c>is_flist</c>).</summary>
    public bool IsList { get; set; }

    /// <summary>A frame of TCP that others can join by <see cref="HeaderMatch"/>.</summary>
    public bool IsPlainTcp { get; set; }

    /// <summary>The protocol of the innermost network header so far (<c>proto</c>).</summary>
    public IPProtocol Protocol { get; set; }

    /// <summary>Where the outer network header is (<c>network_offset</c>).</summary>
    public int OuterNetworkOffset { get; private set; }

    /// <summary>Where the inner one is (<c>inner_network_offset</c>).</summary>
    public int InnerNetworkOffset { get; private set; }

    /// <summary>Where the innermost network header is.</summary>
    public readonly int NetworkOffset => IsEncapsulated ? InnerNetworkOffset : OuterNetworkOffset;

    /// <summary>Where the transport header is.</summary>
    public int TransportOffset { get; private set; }

    /// <summary>The link's header was taken: what follows is the link's content.</summary>
    public void EndLink(EtherType protocol)
    {
        LinkLength = Offset;
        LinkProtocol = protocol;
    }

    /// <summary>The next header is a network header, outer or inner.</summary>
    public void BeginNetwork()
    {
        if (IsEncapsulated)
            InnerNetworkOffset = Offset;
        else
            OuterNetworkOffset = Offset;
    }

    /// <summary>The next header is a transport header.</summary>
    public void BeginTransport() => TransportOffset = Offset;

    /// <summary>One more header inside another; false when there are too many (<c>gro_recursion_inc_test</c>).</summary>
    public bool TryEnter() => _depth++ < RecursionLimit;

    /// <summary>
    /// Looks at <paramref name="length"/> bytes of the next header without walking over them; false when the packet has no more
    /// (<c>skb_gro_header</c>).
    /// </summary>
    public bool TryPeek(int length, out ReadOnlySpan<byte> header)
    {
        if (Bytes.Length - Offset < length && !TryPull(length))
        {
            header = default;
            return false;
        }
        header = Bytes.Slice(Offset, length);
        return true;
    }

    /// <summary>Walks over <paramref name="length"/> bytes (<c>skb_gro_pull</c>).</summary>
    public void Advance(int length) => Offset += length;

    /// <summary>The packet goes up at once (<c>flush</c>), before what is held of its flow, whichever that is. Always null.</summary>
    public HeldPacket? Pass()
    {
        MustPass = true;
        return null;
    }

    /// <summary>Leaves out the candidates whose bytes at <see cref="Offset"/> differ under <paramref name="mask"/>.</summary>
    public void KeepAlike(ReadOnlySpan<byte> mask)
    {
        ReadOnlySpan<byte> header = Bytes.Slice(Offset, mask.Length);
        for (ulong rest = Candidates; rest != 0; rest &= rest - 1)
        {
            ReadOnlySpan<byte> other = Bucket[BitOperations.TrailingZeroCount(rest)].Bytes;
            if (other.Length < Offset + mask.Length || !HeaderMask.AreAlike(header, other[Offset..], mask))
                Leave(rest);
        }
    }

    /// <summary>As <see cref="KeepAlike(ReadOnlySpan{byte})"/>, where every byte counts.</summary>
    public void KeepEqual(int length)
    {
        ReadOnlySpan<byte> header = Bytes.Slice(Offset, length);
        for (ulong rest = Candidates; rest != 0; rest &= rest - 1)
        {
            ReadOnlySpan<byte> other = Bucket[BitOperations.TrailingZeroCount(rest)].Bytes;
            if (other.Length < Offset + length || !header.SequenceEqual(other.Slice(Offset, length)))
                Leave(rest);
        }
    }

    /// <summary>Leaves out the candidates on another kind of link, or with another VLAN tag outside of their bytes.</summary>
    public void KeepSameLink()
    {
        for (ulong rest = Candidates; rest != 0; rest &= rest - 1)
        {
            HeldPacket held = Bucket[BitOperations.TrailingZeroCount(rest)];
            if (held.LinkType != Packet.LinkType || held.VlanTag != VlanTag)
                Leave(rest);
        }
    }

    /// <summary>Leaves out all candidates: none that joined could be cut again.</summary>
    public void KeepNone() => Candidates = 0;

    /// <summary>The held packet that is left: a flow has one at most. Null when there is none.</summary>
    public readonly HeldPacket? Match() => Candidates == 0 ? null : Bucket[BitOperations.Log2(Candidates)];

    /// <summary>
    /// Joins the rest of the packet to <paramref name="held"/> (<c>skb_gro_receive</c>); false when it must not, or when that gets too long.
    /// </summary>
    public bool TryJoin(HeldPacket held)
    {
        if (MustPass || held.Length + Remaining >= Limits.MaxLength(this) || held.Count + Count > ushort.MaxValue)
            return false;
        held.Append(Packet, Offset, Count);
        Joined = held;
        return true;
    }

    /// <summary>
    /// Lists the packet after <paramref name="held"/> (<c>skb_gro_receive_list</c>), its headers being kept before its payload; false when it must
    /// not, or when that gets too long.
    /// </summary>
    public bool TryList(HeldPacket held)
    {
        if (MustPass || held.Length + LengthFromNetwork >= CoalescerLimits.LegacyMaxSize)
            return false;
        held.Append(Packet, Offset, 1);
        Joined = held;
        return true;
    }

    /// <summary>Judges the checksum of the transport header that comes next, by the pseudo-header of the innermost network header.</summary>
    public bool HasGoodChecksum(IPProtocol protocol)
    {
        // What was left to the receiver is this checksum, or else whoever cuts would have nothing to leave.
        if (_remote is { } remote && (remote.Start != Offset || remote.Field != Offset + FieldOf(protocol)))
            return false;
        return Checksums.Validate(Packet, Offset, End, PseudoHeader(protocol));
    }

    /// <summary>
    /// Draws what can be drawn from the good checksum of the header that comes next (<c>skb_gro_checksum_try_convert</c>): what is inside is known.
    /// </summary>
    public void ConvertChecksum(IPProtocol protocol) => Checksums.Convert(Offset, End, PseudoHeader(protocol));

    /// <summary>
    /// A tunnel's header says that a checksum inside was left half-made (<c>skb_gro_remcsum_process</c>); false when no checksum outside was found
    /// good, which would protect it.
    /// </summary>
    public bool TryExcuse(in RemoteChecksumRequest request)
    {
        if (!Checksums.HasSum)
            return false;
        _remote = request;
        Checksums.Excuse(request.Start);
        return true;
    }

    /// <summary>As much was verified of this packet as of <paramref name="held"/>.</summary>
    public readonly bool IsVerifiedAs(HeldPacket held)
    {
        OffloadState state = Checksums.Whole(Packet.State);
        ref readonly OffloadState other = ref held.Packet.State;
        return state.Checksum == other.Checksum && state.ChecksumLevel == other.ChecksumLevel;
    }

    /// <summary>TCP that was cut by somebody who can be trusted joins, as a whole.</summary>
    private static bool IsTrustedTcp(in OffloadState state) =>
        (state.GsoType & (GsoType.TcpV4 | GsoType.TcpV6)) != 0 && (state.GsoType & GsoType.Dodgy) == 0;

    /// <summary>Leaves out the lowest of <paramref name="rest"/>.</summary>
    public void Leave(ulong rest) => Candidates &= ~(rest & (0 - rest));

    private static int FieldOf(IPProtocol protocol) => protocol == IPProtocol.Tcp ? TcpHeader.ChecksumOffset : UdpHeader.ChecksumOffset;

    private readonly ushort PseudoHeader(IPProtocol protocol) =>
        InternetChecksum.Fold(NetworkFlush.PseudoHeader(Bytes, NetworkOffset, protocol, Remaining));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryPull(int length)
    {
        if (!Packet.EnsureLinear(Offset + length))
            return false;
        Bytes = Packet.Linear;
        return true;
    }
}
