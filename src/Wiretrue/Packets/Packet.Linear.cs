using System.Runtime.CompilerServices;

namespace Wiretrue.Packets;

public sealed partial class Packet
{
    /// <summary>How many bytes past the linear area a walk may pull in: more headers than any packet has.</summary>
    private const int MaxHeaderBytes = 512;

    /// <summary>The linear area, where the headers are (<c>skb->data</c>).</summary>
    public Span<byte> Linear
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _page is null ? default : _page.Bytes.AsSpan(_extent.DataStart, _extent.DataEnd - _extent.DataStart);
    }

    /// <summary>Bytes in the linear area (<c>skb_headlen</c>).</summary>
    public int LinearLength => _extent.DataEnd - _extent.DataStart;

    /// <summary>Free bytes before the linear area (<c>skb_headroom</c>).</summary>
    public int Headroom => _extent.DataStart - _extent.RoomStart;

    /// <summary>Free bytes after the linear area (<c>skb_tailroom</c>); fragments follow it, not what is written there.</summary>
    public int Tailroom => _extent.RoomEnd - _extent.DataEnd;

    /// <summary>The linear area and where it lies.</summary>
    internal PageFragment LinearFragment => new(_page!, _extent.DataStart, _extent.DataEnd - _extent.DataStart);

    /// <summary>
    /// The last <paramref name="count"/> bytes of the headroom, which the caller saw to there being: headers that were pulled
    /// (<c>skb_push</c> would bring them back).
    /// </summary>
    internal ReadOnlySpan<byte> Behind(int count) => _page!.Bytes.AsSpan(_extent.DataStart - count, count);

    /// <summary>
    /// Grows the packet at its front (<c>skb_push</c>), and returns the new bytes, which are not cleared.
    /// <see cref="OffloadState.ChecksumStart"/> moves along, so it points at the same byte.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is less headroom.</exception>
    public Span<byte> Push(int count)
    {
        if ((uint)count > (uint)Headroom)
            Throw.InvalidOperation($"There are {Headroom} bytes of headroom, and {count} are wanted.");
        _extent.DataStart -= count;
        MoveOffsets(count);
        return Linear[..count];
    }

    /// <summary>Takes bytes off the front (<c>skb_pull</c>), which become headroom, and returns what is left of the linear area.</summary>
    /// <exception cref="InvalidOperationException">The linear area is shorter.</exception>
    public Span<byte> Pull(int count)
    {
        if ((uint)count > (uint)LinearLength)
            Throw.InvalidOperation($"There are {LinearLength} linear bytes, and {count} are to go.");
        _extent.DataStart += count;
        MoveOffsets(-count);
        return Linear;
    }

    /// <summary>
    /// As <see cref="Pull"/>, for a packet whose bytes become another's, so that what was said of them is forgotten; the caller saw to there
    /// being as many.
    /// </summary>
    internal void PullHeaders(int count)
    {
        _extent.DataStart += count;
        _extent.IsWalked = false;
    }

    /// <summary>Grows the linear area at its end (<c>skb_put</c>), and returns the new bytes, which are not cleared.</summary>
    /// <exception cref="InvalidOperationException">There is less tailroom, or fragments follow.</exception>
    public Span<byte> Put(int count)
    {
        if ((uint)count > (uint)Tailroom)
            Throw.InvalidOperation($"There are {Tailroom} bytes of tailroom, and {count} are wanted.");
        if (!IsLinear)
            Throw.InvalidOperation("Bytes that are put come last, and fragments follow the linear area.");
        _extent.DataEnd += count;
        IsWalked = false;
        ForgetCompleteSum();
        return Linear[^count..];
    }

    /// <summary>Cuts the packet down to <paramref name="length"/> bytes (<c>skb_trim</c>); a longer length changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The packet has a fragment list.</exception>
    public void Trim(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (FragmentList is not null)
            Throw.InvalidOperation("A packet with a fragment list is made linear before it is trimmed.");
        if (length >= Length)
            return;
        if (_offload.Checksum == ChecksumState.Complete)
            TrimCompleteSum(length);
        TrimFragments(Math.Max(0, length - LinearLength));
        _extent.DataEnd = Math.Min(_extent.DataEnd, _extent.DataStart + length);
        IsWalked = false;
    }

    /// <summary>Makes the first <paramref name="count"/> bytes linear (<c>pskb_may_pull</c>); false when the packet is shorter.</summary>
    /// <remarks>
    /// Bytes are copied only when they are not linear yet; the whole packet is, then, as headers are all that callers ask for. A fragment
    /// list that says where the segments end (<see cref="OffloadState.IsCutAtFragmentList"/>) stays, unless the bytes reach into it.
    /// </remarks>
    public bool EnsureLinear(int count)
    {
        if (count <= LinearLength)
            return true;
        if (count > Length)
            return false;
        MakeLinear(withList: !_offload.IsCutAtFragmentList || count > LinearLength + _extent.FragmentBytes);
        return true;
    }

    private void MoveOffsets(int pushed)
    {
        IsWalked = false;
        if (_offload.Checksum is ChecksumState.Partial or ChecksumState.Complete)
            MoveChecksumStart(pushed);
    }
}
