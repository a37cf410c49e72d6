using System.Runtime.CompilerServices;
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
    private int _roomStart;
    private int _dataStart;
    private int _dataEnd;
    private int _roomEnd;
    private int _fragmentCount;
    private int _fragmentBytes;
    private Marks _marks;

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
    public LinkType LinkType { get; set; }

    /// <summary>True once <see cref="Layout"/> describes the bytes as they are now.</summary>
    public bool IsWalked { get; set; }

    /// <summary>
    /// Bytes that the packet had and that were not captured: they follow <see cref="Length"/>. Segments can be cut from a packet
    /// with a missing tail; a checksum over it cannot be taken, and stays owed.
    /// </summary>
    public int MissingTail { get; set; }

    /// <summary>What is owed to the bytes, or was verified of them.</summary>
    public OffloadState Offload
    {
        get => _offload;
        set => _offload = value;
    }

    /// <summary>The headers, as the one walk over them found them; true only when <see cref="IsWalked"/>.</summary>
    public ref PacketLayout Layout => ref _layout;

    /// <summary>Bytes that are there, in all parts (<c>skb->len</c>).</summary>
    public int Length => LinearLength + _fragmentBytes + (FragmentList is null ? 0 : FragmentListLength());

    /// <summary>Bytes on the wire: those that are there and those that are missing.</summary>
    public int OriginalLength => Length + MissingTail;

    /// <summary>False when the packet lies in one piece (<c>skb_is_nonlinear</c>, the other way round).</summary>
    public bool IsLinear => _fragmentCount == 0 && FragmentList is null;

    /// <summary>False when the packet was given back to its pool.</summary>
    internal bool IsRented => (_marks & Marks.Rented) != 0;

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
        _marks = Marks.None;
        if (_page is not null)
            releases.AddLinear(_page);
        for (int i = 0; i < _fragmentCount; i++)
            releases.AddFragment(_fragments[i].Page);
        if (FragmentList is not null)
            ReleaseFragmentList(ref releases);
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
        _roomStart = roomStart;
        _dataStart = dataStart;
        _dataEnd = dataEnd;
        _roomEnd = roomEnd;
        _fragmentCount = 0;
        _fragmentBytes = 0;
        FragmentList = null;
        LinkType = LinkType.Ethernet;
        IsWalked = false;
        MissingTail = 0;
        _marks = Marks.Rented;
    }

    /// <summary>As <see cref="Open"/>, for a segment of a super-frame: headers in one page, and its payload in another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OpenSegment(
        Page headers, int start, int end, int roomEnd, Page payload, int offset, int length, LinkType linkType, in OffloadState state)
    {
        if (!ReferenceEquals(_page, headers))
            _page = headers;
        _roomStart = start;
        _dataStart = start;
        _dataEnd = end;
        _roomEnd = roomEnd;
        _fragmentCount = 1;
        _fragmentBytes = length;
        FragmentList = null;
        LinkType = linkType;
        IsWalked = false;
        MissingTail = 0;
        _marks = Marks.Rented;
        _offload = state;
        ref PageFragment fragment = ref _fragments[0];
        if (!ReferenceEquals(fragment.Page, payload))
            fragment.Page = payload;
        fragment.Offset = offset;
        fragment.Length = length;
    }
}
