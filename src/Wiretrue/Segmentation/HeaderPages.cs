using System.Runtime.CompilerServices;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Pages for the headers of a super-frame's segments, one after the other in whole cache lines.</summary>
internal ref struct HeaderPages
{
    private const int LargestPage = 64 * 1024;

    private readonly PacketPool _pool;
    private readonly int _headerLength;
    private int _toCome;
    private Page? _page;
    private int _used;
    private int _segments;

    public HeaderPages(PacketPool pool, int headerLength, int segments)
    {
        _pool = pool;
        _headerLength = headerLength;
        _toCome = segments;
        Stride = (headerLength + SegmentLoop.HeaderAlignment - 1) & -SegmentLoop.HeaderAlignment;
    }

    /// <summary>
    /// Bytes from one segment's headers to the next's: headers are copied with what rounds them up, as whole lines copy fastest.
    /// </summary>
    public int Stride { get; }

    /// <summary>Opens <paramref name="segment"/> with a copy of the template as its linear area, and returns the copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Next(Packet segment, ReadOnlySpan<byte> template)
    {
        if (_page is null || _used + Stride > _page.Bytes.Length)
            Turn();
        int start = _used;
        _used += Stride;
        _segments++;
        _toCome--;
        segment.Open(_page!, start, start, start + _headerLength, start + Stride);
        Span<byte> bytes = _page!.Bytes.AsSpan(start, Stride);
        // A length that the compiler knows is copied by a vector or two, without a call.
        for (int line = 0; line < bytes.Length; line += SegmentLoop.HeaderAlignment)
            template.Slice(line, SegmentLoop.HeaderAlignment).CopyTo(bytes.Slice(line, SegmentLoop.HeaderAlignment));
        return bytes;
    }

    /// <summary>Gives the last page the references of its segments.</summary>
    public readonly void Close()
    {
        // The page was lent with one reference, which is the first segment's.
        if (_segments > 1)
            _page!.AddReferences(_segments - 1);
    }

    private void Turn()
    {
        Close();
        _page = _pool.RentPage((int)Math.Min((long)_toCome * Stride, LargestPage));
        _used = 0;
        _segments = 0;
    }
}
