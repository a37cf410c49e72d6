using System.Runtime.CompilerServices;

namespace Wiretrue.Packets;

public sealed partial class Packet
{
    /// <summary>
    /// True when another packet may point at the linear area's bytes (<c>skb_cloned</c>): they are for reading, and so is the headroom, until
    /// <see cref="EnsureWritable"/>.
    /// </summary>
    /// <remarks>
    /// A page with several references need not be shared in this sense: the segments of a super-frame have their headers in one page, each
    /// in a place of its own. So both sides of a sharing are marked, and the mark holds for as long as the page has another reference.
    /// </remarks>
    public bool IsShared => (_extent.Marks & Marks.Shared) != 0 && _page!.References > 1;

    /// <summary>A packet over the same bytes (<c>skb_clone</c>): nothing is copied, and every page gets one reference more.</summary>
    /// <remarks>
    /// What is owed goes with it, and each has that state for itself from then on. Both are shared: who writes headers calls
    /// <see cref="EnsureWritable"/> before.
    /// </remarks>
    public Packet Clone()
    {
        Packet clone = _pool.TakePacket();
        Page page = _page!;
        page.AddReferences(1);
        clone.Open(page, _extent.RoomStart, _extent.DataStart, _extent.DataEnd, _extent.RoomEnd);
        clone._extent.Marks |= Marks.Shared;
        _extent.Marks |= Marks.Shared;
        clone.TakeStateOf(this);
        foreach (PageFragment fragment in Fragments)
        {
            fragment.Page.AddReferences(1);
            clone.AttachFragment(fragment.Page, fragment.Offset, fragment.Length);
        }
        // A packet of a list is linked by Next, so it can be in one list only: the list is of clones, too.
        Packet? last = null;
        for (Packet? packet = FragmentList; packet is not null; packet = packet.Next)
            clone.AppendToFragmentList(packet.Clone(), ref last);
        return clone;
    }

    /// <summary>
    /// A packet with <paramref name="length"/> of the bytes from <paramref name="offset"/> on, over the same pages: nothing is copied.
    /// </summary>
    /// <remarks>
    /// The first piece is its linear area, which is shared and has no room around. Nothing is owed to a slice: a sum or a segmentation is
    /// the whole packet's. More pieces than a packet has fragments go on in a fragment list.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within <see cref="Length"/>.</exception>
    public Packet Slice(int offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            Throw.ArgumentOutOfRange(nameof(offset), offset, $"The range must lie within the packet's {Length} bytes.");
        Packet? slice = null;
        Packet? open = null;
        Packet? last = null;
        foreach (PageFragment part in Parts)
        {
            int skip = Math.Min(offset, part.Length);
            int take = Math.Min(length, part.Length - skip);
            offset -= skip;
            if (take == 0)
                continue;
            length -= take;
            if (slice is null)
            {
                slice = open = OpenSlice(part.Page, part.Offset + skip, take);
            }
            else if (open!._extent.FragmentCount < MaxFragments)
            {
                part.Page.AddReferences(1);
                open.AttachFragment(part.Page, part.Offset + skip, take);
            }
            else
            {
                open = OpenSlice(part.Page, part.Offset + skip, take);
                slice.AppendToFragmentList(open, ref last);
            }
        }
        slice ??= OpenSlice(_page!, _extent.DataStart, 0);
        slice.LinkType = LinkType;
        _extent.Marks |= Marks.Shared;
        for (Packet? packet = FragmentList; packet is not null; packet = packet.Next)
            packet._extent.Marks |= Marks.Shared;
        return slice;
    }

    private Packet OpenSlice(Page page, int offset, int length)
    {
        Packet slice = _pool.Rent(page, offset, length, default);
        slice._extent.Marks |= Marks.Shared;
        return slice;
    }

    private void TakeStateOf(Packet packet)
    {
        _offload = packet._offload;
        LinkType = packet.LinkType;
        MissingTail = packet.MissingTail;
        IsWalked = packet.IsWalked;
        if (IsWalked)
            _layout = packet._layout;
    }

    /// <summary>
    /// As <see cref="AddToFragmentList"/>, when <paramref name="last"/> is the last packet of the list, or null: it need not be looked for. The
    /// packet is linked to no other, and the caller forgets the walk.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AppendToFragmentList(Packet packet, ref Packet? last)
    {
        if (last is null)
            FragmentList = packet;
        else
            last.Next = packet;
        last = packet;
    }

    /// <summary>What is true of a packet's life, in one byte that is written once when it is lent.</summary>
    [Flags]
    internal enum Marks : byte
    {
        None = 0,
        Rented = 1,
        Shared = 2,
    }
}
