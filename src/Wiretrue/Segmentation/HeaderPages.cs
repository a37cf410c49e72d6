using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Pages for the headers of a super-frame's segments, one after the other in whole cache lines.</summary>
internal struct HeaderPages
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
    public Span<byte> Next(Packet segment, ReadOnlySpan<byte> template)
    {
        (Page page, int start, int length, int stride) = Take(1, out _);
        segment.Open(page, start, start, start + length, start + stride);
        Span<byte> bytes = page.Bytes.AsSpan(start, stride);
        template.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Takes room for one segment or more, in one page.</summary>
    /// <param name="wanted">For how many there should be room.</param>
    /// <param name="count">For how many there is.</param>
    public HeaderRoom Take(int wanted, out int count)
    {
        if (_page is null || _page.Bytes.Length - _used < Stride)
            Turn();
        count = Math.Min(wanted, (_page!.Bytes.Length - _used) / Stride);
        var room = new HeaderRoom(_page, _used, _headerLength, Stride);
        _used += count * Stride;
        _segments += count;
        _toCome -= count;
        return room;
    }

    /// <summary>Gives the last page the references of its segments.</summary>
    public readonly void Close()
    {
        // The page was lent with one reference, which is the first segment's.
        if (_segments > 1)
            _page!.MultiplyReference(_segments);
    }

    private void Turn()
    {
        Close();
        _page = _pool.RentPage((int)Math.Min((long)_toCome * Stride, LargestPage));
        _used = 0;
        _segments = 0;
    }
}
