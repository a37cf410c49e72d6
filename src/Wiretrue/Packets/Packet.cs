using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Wiretrue.Headers;

namespace Wiretrue.Packets;

/// <summary>
/// Bytes, and what is still owed to them (<c>struct sk_buff</c>). One owner at a time: who is handed a packet sends it on or disposes it,
/// which gives it back to its <see cref="PacketPool"/>.
/// </summary>
/// <remarks>
/// <code>
///            one page                             other pages
///  ┌──────────┬─────────────┬──────────┐    ┌─────────────┐     ┌─────────────┐
///  │ headroom │   Linear    │ tailroom │    │ Fragments 0 │ ... │     16      │   then FragmentList: packets
///  └──────────┴─────────────┴──────────┘    └─────────────┘     └─────────────┘   whose bytes follow
///       ◄ Push  Pull ►  ◄ Trim  Put ►
/// </code>
/// The packet's bytes are the linear area, the fragments and the packets of the fragment list, in this order; all headers must be in the
/// linear area before they are looked at (<see cref="EnsureLinear"/>). The owner may write the linear area,
/// unless it is shared with a clone or a slice (<see cref="IsShared"/>): <see cref="EnsureWritable"/> comes first then.
/// </remarks>
public sealed partial class Packet : IDisposable
{
    private readonly PacketPool _pool;
    private Page? _page;
    private PacketExtent _extent;

    // In this order: what every packet fills in lies close together, and most of the fragments and the layout are not touched at all.
    private OffloadState _offload;
    private FragmentArray _fragments;
    private PacketLayout _layout;

    internal Packet(PacketPool pool) => _pool = pool;

    /// <summary>The pool that lent the packet: what is made of the packet comes from there as well.</summary>
    public PacketPool Pool => _pool;

    /// <summary>The packet after this one, in the queue or fragment list that holds them.</summary>
    public Packet? Next { get; internal set; }

    /// <summary>What the first byte belongs to.</summary>
    public LinkType LinkType
    {
        get => _extent.LinkType;
        set => _extent.LinkType = value;
    }

    /// <summary>True once <see cref="Layout"/> describes the bytes as they are now.</summary>
    public bool IsWalked
    {
        get => _extent.IsWalked;
        set => _extent.IsWalked = value;
    }

    /// <summary>
    /// Bytes that the packet had and that were not captured: they follow <see cref="Length"/>. Segments can be cut from a packet
    /// with a missing tail; a checksum over it cannot be taken, and stays owed.
    /// </summary>
    public int MissingTail
    {
        get => _extent.MissingTail;
        set => _extent.MissingTail = value;
    }

    /// <summary>What is owed to the bytes, or was verified of them.</summary>
    public OffloadState Offload
    {
        get => _offload;
        set => _offload = value;
    }

    /// <summary><see cref="Offload"/>, in place.</summary>
    internal ref readonly OffloadState State => ref _offload;

    /// <summary>The headers, as the one walk over them found them; true only when <see cref="IsWalked"/>.</summary>
    public ref PacketLayout Layout => ref _layout;

    /// <summary>Bytes that are there, in all parts (<c>skb->len</c>).</summary>
    public int Length => LinearLength + _extent.FragmentBytes + (FragmentList is null ? 0 : FragmentListLength());

    /// <summary>Bytes on the wire: those that are there and those that are missing.</summary>
    public int OriginalLength => Length + MissingTail;

    /// <summary>False when the packet lies in one piece (<c>skb_is_nonlinear</c>, the other way round).</summary>
    public bool IsLinear => _extent.FragmentCount == 0 && FragmentList is null;

    /// <summary>The linear area holds the packet, all of it.</summary>
    internal bool IsWholeAndLinear => _extent.FragmentCount == 0 && FragmentList is null && _extent.MissingTail == 0;

    /// <summary>False when the packet was given back to its pool.</summary>
    internal bool IsRented => (_extent.Marks & Marks.Rented) != 0;

    /// <summary>Finds the headers, unless that was done already; they are pulled into the linear area as far as it takes.</summary>
    public void Walk()
    {
        if (IsWalked)
            return;
        PacketWalk.Walk(Linear, OriginalLength, LinkType, _pool.TunnelPorts, ref _layout);
        if (!IsLinear && (_layout.Fault.Kind == FaultKind.Snapped || _layout.IsInconclusive))
        {
            // The walk ran out of linear bytes, not of packet: as skb_header_pointer does, look at the rest as well.
            EnsureLinear(Math.Min(Length, LinearLength + MaxHeaderBytes));
            PacketWalk.Walk(Linear, OriginalLength, LinkType, _pool.TunnelPorts, ref _layout);
        }
        IsWalked = true;
    }

    /// <summary>Gives the packet, its pages and the packets of its fragment list back.</summary>
    /// <exception cref="InvalidOperationException">It was given back before.</exception>
    public void Dispose()
    {
        var releases = new PageReleases(_pool);
        Release(ref releases);
        releases.Flush();
        _pool.ReturnChain(this, this, 1);
    }

    /// <summary>
    /// Lets go of the pages, whose counts are dropped together with those of other packets, and of the fragment list. The packet itself
    /// is still to be given back, with others in one chain.
    /// </summary>
    internal void Release(ref PageReleases releases)
    {
        if (!IsRented)
            _pool.ThrowReleasedTwice(this);
        _extent.Marks = Marks.None;
        if (_page is not null)
            releases.AddLinear(_page);
        for (int i = 0; i < _extent.FragmentCount; i++)
            releases.AddFragment(_fragments[i].Page);
        if (FragmentList is not null)
            ReleaseFragmentList(ref releases);
    }

    /// <summary>
    /// As <see cref="Release"/>, for a packet with one fragment that points at these two pages and no others: their references are the
    /// caller's to drop. False for any other, which stays as it is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryReleaseAlike(Page? linear, Page? fragment)
    {
        bool isAlike = IsRented && _extent.FragmentCount == 1 && FragmentList is null
            && ReferenceEquals(_page, linear) && ReferenceEquals(_fragments[0].Page, fragment);
        if (isAlike)
            _extent.Marks = Marks.None;
        return isAlike;
    }

    /// <summary>
    /// A packet as the pool lends it: no bytes, nothing owed, and room in <paramref name="page"/>, a reference to which it takes over.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Open(Page page, int roomStart, int dataStart, int dataEnd, int roomEnd)
    {
        // What is the same already is not written: a reference costs the collector's write barrier.
        if (!ReferenceEquals(_page, page))
            _page = page;
        _extent = new PacketExtent
        {
            RoomStart = roomStart,
            DataStart = dataStart,
            DataEnd = dataEnd,
            RoomEnd = roomEnd,
            LinkType = LinkType.Ethernet,
            Marks = Marks.Rented,
        };
        FragmentList = null;
    }

    /// <summary>
    /// Points at a page for the linear area and one for a fragment, whose references are taken by the caller; <see cref="OpenSegment"/>
    /// follows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PointAt(Page linear, Page fragment)
    {
        if (!ReferenceEquals(_page, linear))
            _page = linear;
        if (!ReferenceEquals(_fragments[0].Page, fragment))
            _fragments[0].Page = fragment;
    }

    /// <summary>
    /// As <see cref="Open"/>, for a segment of a super-frame that points at its pages already: headers in one, payload in another. A packet
    /// that is not lent has no fragment list, so none is taken away.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OpenSegment(Vector256<int> extent, int payloadOffset, int payloadLength, in OffloadState state)
    {
        _extent.Vector = extent;
        _offload = state;
        ref PageFragment fragment = ref _fragments[0];
        fragment.Offset = payloadOffset;
        fragment.Length = payloadLength;
    }
}
