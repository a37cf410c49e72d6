using Wiretrue.Checksums;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Hands out a super-frame's payload to its segments: references to its pages, counted once for each page.</summary>
internal struct SegmentPayload
{
    private readonly PacketPool _pool;
    private PacketParts _parts;
    private Page? _page;
    private int _offset;
    private int _left;
    private int _references;
    private int _inAdvance;

    /// <summary>Begins after the headers.</summary>
    public SegmentPayload(Packet packet, int headerLength)
    {
        _pool = packet.Pool;
        _parts = packet.Parts;
        while (_left <= headerLength && _parts.MoveNext())
        {
            headerLength -= _left;
            Enter();
        }
        _offset += Math.Min(headerLength, _left);
        _left -= Math.Min(headerLength, _left);
    }

    /// <summary>How many pieces of <paramref name="length"/> bytes come next, each whole and in this page.</summary>
    public readonly int WholePieces(int length) => _left / length;

    /// <summary>Hands out some of these pieces, to segments whose packets are yet to be opened.</summary>
    public SegmentRun Take(HeaderRoom headers, int firstIndex, int count, int length)
    {
        var run = new SegmentRun
        {
            Count = count,
            FirstIndex = firstIndex,
            Headers = headers,
            Payload = _page!,
            PayloadOffset = _offset,
            PayloadLength = length,
        };
        // Before anything is written: a locked instruction waits for all stores before it. One more is for the segment that follows.
        _page!.AddReferences(count + 1 - _inAdvance);
        _inAdvance = 1;
        Advance(count * length);
        return run;
    }

    /// <summary>Gives <paramref name="segment"/> the next <paramref name="length"/> bytes, or those of them that are there.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="length">How many.</param>
    /// <param name="sum">Sum them too.</param>
    /// <param name="maxFragments">How many fragments the segment may have afterwards; it has fewer now.</param>
    /// <param name="payloadSum">Their sum.</param>
    /// <returns>How many are missing.</returns>
    public int Attach(Packet segment, int length, bool sum, int maxFragments, out ushort payloadSum)
    {
        if (length > _left)
            return AttachPieces(segment, length, maxFragments, out payloadSum);
        segment.AttachFragment(_page!, _offset, length);
        payloadSum = sum ? InternetChecksum.Sum(_page!.Bytes.AsSpan(_offset, length)) : (ushort)0;
        _references++;
        _offset += length;
        _left -= length;
        return 0;
    }

    /// <summary>Counts the references that were handed out.</summary>
    public void Close()
    {
        int missing = _references - _inAdvance;
        if (missing != 0)
            _page!.AddReferences(missing);
        _references = 0;
        _inAdvance = 0;
    }

    private void Enter()
    {
        Close();
        PageFragment part = _parts.Current;
        _page = part.Page;
        _offset = part.Offset;
        _left = part.Length;
    }

    private int AttachPieces(Packet segment, int length, int maxFragments, out ushort payloadSum)
    {
        payloadSum = 0;
        int attached = 0;
        while (attached < length && HasMore())
        {
            int take = Math.Min(length - attached, _left);
            // More pieces than a segment has room for are copied into one (where skb_segment would give up).
            if (take < length - attached && segment.Fragments.Length == maxFragments - 1)
                return length - attached - AttachCopy(segment, length - attached, attached, ref payloadSum);

            segment.AttachFragment(_page!, _offset, take);
            _references++;
            payloadSum = InternetChecksum.Combine(payloadSum, InternetChecksum.Sum(_page!.Bytes.AsSpan(_offset, take)), attached);
            attached += Advance(take);
        }
        return length - attached;
    }

    /// <summary>Copies the next bytes into a page of the segment's own; returns how many there were.</summary>
    private int AttachCopy(Packet segment, int length, int offset, ref ushort payloadSum)
    {
        Page copy = _pool.RentPage(length);
        int copied = 0;
        while (copied < length && HasMore())
        {
            int take = Math.Min(length - copied, _left);
            _page!.Bytes.AsSpan(_offset, take).CopyTo(copy.Bytes.AsSpan(copied));
            copied += Advance(take);
        }
        segment.AttachFragment(copy, 0, copied);
        payloadSum = InternetChecksum.Combine(payloadSum, InternetChecksum.Sum(copy.Bytes.AsSpan(0, copied)), offset);
        return copied;
    }

    /// <summary>Goes on to the next part when this one is used up; false when there is none.</summary>
    private bool HasMore()
    {
        if (_left == 0 && _parts.MoveNext())
            Enter();
        return _left != 0;
    }

    private int Advance(int count)
    {
        _offset += count;
        _left -= count;
        return count;
    }
}
