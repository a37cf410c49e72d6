using System.Runtime.CompilerServices;
using Wiretrue.Checksums;

namespace Wiretrue.Packets;

public sealed partial class Packet
{
    /// <summary>How many fragments a packet has room for (<c>MAX_SKB_FRAGS</c>).</summary>
    public const int MaxFragments = 17;

    /// <summary>The pieces after the linear area (<c>skb_shinfo(skb)->frags</c>).</summary>
    public ReadOnlySpan<PageFragment> Fragments => ((ReadOnlySpan<PageFragment>)_fragments)[.._extent.FragmentCount];

    /// <summary>
    /// The first of the packets whose bytes follow the fragments (<c>frag_list</c>), linked by <see cref="Next"/>; or null.
    /// </summary>
    public Packet? FragmentList { get; private set; }

    /// <summary>Every piece in order: the linear area, the fragments, and those of the packets in the fragment list.</summary>
    public PacketParts Parts => new(this);

    /// <summary>
    /// True when some of the bytes lie in pages that not every device reaches (<c>illegal_highdma</c>); <see cref="ExpandHead"/> and
    /// <see cref="Linearize"/> move what they copy to pages that every device does.
    /// </summary>
    /// <remarks>The kernel looks at fragments alone, as its linear areas never lie there; one over a foreign page may.</remarks>
    public bool HasHighPages
    {
        get
        {
            foreach (PageFragment part in Parts)
            {
                if (part.Page.IsHigh)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Adds a piece at the end (<c>skb_add_rx_frag</c>), and a reference to its page.</summary>
    /// <exception cref="InvalidOperationException">There are 17 fragments already, or a fragment list.</exception>
    public void AddFragment(Page page, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(page);
        if ((uint)offset > (uint)page.Bytes.Length || (uint)length > (uint)(page.Bytes.Length - offset))
            Throw.ArgumentOutOfRange(nameof(length), length, $"The page ends {page.Bytes.Length - offset} bytes after the offset.");
        if (_extent.FragmentCount == MaxFragments || FragmentList is not null)
            Throw.InvalidOperation("A packet has 17 fragments at most, and none after its fragment list.");
        page.AddReferences(1);
        AttachFragment(page, offset, length);
        IsWalked = false;
        ForgetCompleteSum();
    }

    /// <summary>Adds a packet to the end of the fragment list, and takes it over. It must have no such list of its own.</summary>
    /// <exception cref="ArgumentException">The packet has a fragment list.</exception>
    public void AddToFragmentList(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (packet.FragmentList is not null)
            Throw.Argument(nameof(packet), "A packet in a fragment list has none of its own.");
        packet.Next = null;
        if (FragmentList is null)
        {
            FragmentList = packet;
        }
        else
        {
            Packet last = FragmentList;
            while (last.Next is not null)
                last = last.Next;
            last.Next = packet;
        }
        IsWalked = false;
        ForgetCompleteSum();
    }

    /// <summary>Gathers all bytes that are there (<c>skb_copy_bits</c>).</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        foreach (PageFragment part in Parts)
        {
            part.Span.CopyTo(destination);
            destination = destination[part.Length..];
        }
    }

    /// <summary>
    /// The one's complement sum of a range across the parts (<c>skb_checksum</c>), folded, not inverted, as a big-endian number.
    /// </summary>
    /// <param name="start">First byte, from the packet's first.</param>
    /// <param name="length">How many bytes; the range lies within <see cref="Length"/>.</param>
    public ushort Sum(int start, int length)
    {
        if (start < 0 || length < 0 || start > Length - length)
            Throw.ArgumentOutOfRange(nameof(start), start, $"The range must lie within the packet's {Length} bytes.");
        if (start + length <= LinearLength)
            return InternetChecksum.Sum(Linear.Slice(start, length));

        ushort sum = 0;
        long summed = 0;
        foreach (PageFragment part in Parts)
        {
            int skip = Math.Min(start, part.Length);
            int take = Math.Min(length - (int)summed, part.Length - skip);
            start -= skip;
            if (take == 0)
                continue;
            // A part at an odd distance has its bytes in the other halves of the words: reduce, then swap, which Combine does.
            sum = InternetChecksum.Combine(sum, InternetChecksum.Sum(part.Span.Slice(skip, take)), summed);
            summed += take;
        }
        return sum;
    }

    /// <summary>Copies all parts into one linear area (<c>skb_linearize</c>); does nothing when there is one only.</summary>
    public void Linearize()
    {
        if (!IsLinear)
            MakeLinear(withList: true);
    }

    private void MakeLinear(bool withList)
    {
        int length = withList ? Length : LinearLength + _extent.FragmentBytes;
        int headroom = Headroom;
        Page page = _pool.RentPage(headroom + length);
        CopyHeadTo(page.Bytes.AsSpan(headroom, length));

        var releases = new PageReleases(_pool);
        if (_page is not null)
            releases.AddLinear(_page);
        for (int i = 0; i < _extent.FragmentCount; i++)
            releases.AddFragment(_fragments[i].Page);
        if (withList)
            ReleaseFragmentList(ref releases);
        releases.Flush();

        _page = page;
        _extent.RoomStart = 0;
        _extent.DataStart = headroom;
        _extent.DataEnd = headroom + length;
        _extent.RoomEnd = page.Bytes.Length;
        _extent.FragmentCount = 0;
        _extent.FragmentBytes = 0;
        _extent.Marks &= ~Marks.Shared;
        // The list's packets, where the segments end, are gone: what is cut is cut by size then.
        if (withList && (_offload.GsoType & GsoType.FragmentList) != 0)
            _offload = _offload with { GsoType = _offload.GsoType & ~GsoType.FragmentList };
    }

    /// <summary>Gathers as many bytes as <paramref name="destination"/> has, which end where a part ends.</summary>
    private void CopyHeadTo(Span<byte> destination)
    {
        foreach (PageFragment part in Parts)
        {
            if (destination.IsEmpty)
                return;
            part.Span.CopyTo(destination);
            destination = destination[part.Length..];
        }
    }

    /// <summary>Adds a piece whose page's reference was already taken; the caller saw to there being room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AttachFragment(Page page, int offset, int length)
    {
        ref PageFragment fragment = ref _fragments[_extent.FragmentCount++];
        // As in Open: a page that is there already is not written again.
        if (!ReferenceEquals(fragment.Page, page))
            fragment.Page = page;
        fragment.Offset = offset;
        fragment.Length = length;
        _extent.FragmentBytes += length;
    }

    private void TrimFragments(int keep)
    {
        var releases = new PageReleases(_pool);
        int kept = 0;
        int keptBytes = 0;
        foreach (PageFragment fragment in Fragments)
        {
            int length = Math.Min(fragment.Length, keep - keptBytes);
            if (length == 0)
            {
                releases.AddFragment(fragment.Page);
                continue;
            }
            _fragments[kept++] = new PageFragment(fragment.Page, fragment.Offset, length);
            keptBytes += length;
        }
        releases.Flush();
        _extent.FragmentCount = kept;
        _extent.FragmentBytes = keptBytes;
    }

    private int FragmentListLength()
    {
        int length = 0;
        for (Packet? packet = FragmentList; packet is not null; packet = packet.Next)
            length += packet.Length;
        return length;
    }

    private void ReleaseFragmentList(ref PageReleases releases)
    {
        Packet? packet = FragmentList;
        FragmentList = null;
        while (packet is not null)
        {
            Packet? next = packet.Next;
            packet.Release(ref releases);
            packet.Pool.ReturnChain(packet, packet, 1);
            packet = next;
        }
    }

    [InlineArray(MaxFragments)]
    private struct FragmentArray
    {
        private PageFragment _first;
    }
}
