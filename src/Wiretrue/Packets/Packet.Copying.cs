namespace Wiretrue.Packets;

public sealed partial class Packet
{
    /// <summary>
    /// Moves the linear area to a page of its own with more room around it (<c>pskb_expand_head</c>): <paramref name="headroom"/> and
    /// <paramref name="tailroom"/> bytes more than it has, at least. Fragments stay where they are.
    /// </summary>
    /// <remarks>
    /// Offsets count from the packet's first byte, not from the room's, so <see cref="OffloadState.ChecksumStart"/> stays right, and the
    /// walk over the headers holds. Spans that were taken of <see cref="Linear"/> before are of the old page.
    /// </remarks>
    public void ExpandHead(int headroom, int tailroom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(headroom);
        ArgumentOutOfRangeException.ThrowIfNegative(tailroom);
        MoveLinear(Headroom + headroom, LinearLength, Tailroom + tailroom);
    }

    /// <summary>
    /// Makes the first <paramref name="count"/> bytes linear and the packet's own, with <paramref name="headroom"/> bytes before them
    /// (<c>skb_ensure_writable</c>, <c>skb_cow_head</c>); false when the packet is shorter. Nothing is copied when that is so already.
    /// </summary>
    /// <remarks>
    /// When the linear area is shared, its first bytes go to a page of their own, as far as headers may reach; a long rest stays where it
    /// is, as the first fragment, so what is copied does not grow with the payload.
    /// </remarks>
    public bool EnsureWritable(int count, int headroom = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(headroom);
        if (!EnsureLinear(count))
            return false;
        if (!IsShared && headroom <= Headroom)
            return true;
        int own = Math.Min(LinearLength, Math.Max(count, MaxHeaderBytes));
        if (_extent.FragmentCount == MaxFragments)
            own = LinearLength;
        MoveLinear(Math.Max(Headroom, headroom), own, own == LinearLength ? Tailroom : 0);
        return true;
    }

    /// <summary>A packet with the same bytes in a page of its own (<c>skb_copy</c>), with the same headroom and what is owed.</summary>
    /// <remarks>
    /// It is linear. A fragment list is copied packet by packet when it says where the segments end
    /// (<see cref="OffloadState.IsCutAtFragmentList"/>): that would be lost in one piece, and the super-frame be cut elsewhere.
    /// </remarks>
    public Packet Copy()
    {
        bool keepsList = FragmentList is not null && _offload.IsCutAtFragmentList;
        int length = keepsList ? LinearLength + _extent.FragmentBytes : Length;
        Packet copy = _pool.Rent(Headroom, length);
        CopyHeadTo(copy.Put(length));
        copy.TakeStateOf(this);
        Packet? last = null;
        for (Packet? packet = keepsList ? FragmentList : null; packet is not null; packet = packet.Next)
            copy.AppendToFragmentList(packet.Copy(), ref last);
        return copy;
    }

    /// <summary>
    /// Names every piece in order, for an <c>iovec</c> each (<c>skb_to_sgvec</c>): nothing is copied, and no reference is taken, so the
    /// packet is kept until the pieces were used.
    /// </summary>
    /// <param name="parts">Where they go, first to last; empty pieces are left out.</param>
    /// <param name="count">How many there are, also when they do not fit.</param>
    /// <returns>False when <paramref name="parts"/> is too short: it holds the first ones then.</returns>
    public bool TryGather(Span<PageFragment> parts, out int count)
    {
        count = 0;
        foreach (PageFragment part in Parts)
        {
            if (count < parts.Length)
                parts[count] = part;
            count++;
        }
        return count <= parts.Length;
    }

    /// <summary>
    /// Moves the first <paramref name="own"/> linear bytes to a new page; the rest, for which the caller saw to there being room, becomes
    /// the first fragment.
    /// </summary>
    private void MoveLinear(int headroom, int own, int tailroom)
    {
        Page old = _page!;
        int rest = LinearLength - own;
        Page page = _pool.RentPage(checked(headroom + own + tailroom));
        Linear[..own].CopyTo(page.Bytes.AsSpan(headroom));
        if (rest > 0)
        {
            for (int i = _extent.FragmentCount; i > 0; i--)
                _fragments[i] = _fragments[i - 1];
            // The old page's reference, which was the linear area's, is the fragment's now.
            _fragments[0] = new PageFragment(old, _extent.DataStart + own, rest);
            _extent.FragmentCount++;
            _extent.FragmentBytes += rest;
        }
        else
        {
            _pool.Release(old);
        }
        _page = page;
        _extent.RoomStart = 0;
        _extent.DataStart = headroom;
        _extent.DataEnd = headroom + own;
        _extent.RoomEnd = page.Bytes.Length;
        _extent.Marks &= ~Marks.Shared;
    }
}
