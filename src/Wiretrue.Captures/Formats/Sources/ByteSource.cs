namespace Wiretrue.Captures.Formats.Sources;

/// <summary>Where the bytes of a capture come from, in order. What has been peeked at is read again.</summary>
internal abstract class ByteSource : IDisposable
{
    private readonly byte[] _head = new byte[64];
    private int _headStart;
    private int _headEnd;

    /// <summary>Bytes taken from the file so far, compressed ones where it is compressed.</summary>
    public abstract long Consumed { get; }

    /// <summary>Bytes of the file, compressed where it is compressed; null for a pipe.</summary>
    public abstract long? Length { get; }

    /// <summary>Some bytes, at least one; 0 only at the end.</summary>
    public int Read(Span<byte> destination)
    {
        int ahead = Math.Min(_headEnd - _headStart, destination.Length);
        if (ahead == 0) return ReadOn(destination);
        _head.AsSpan(_headStart, ahead).CopyTo(destination);
        _headStart += ahead;
        return ahead;
    }

    /// <summary>
    /// The first bytes, up to <paramref name="count"/> (at most 64), without taking them. To be called before any <see cref="Read"/>.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_headEnd < count)
        {
            int got = ReadOn(_head.AsSpan(_headEnd, count - _headEnd));
            if (got == 0) break;
            _headEnd += got;
        }

        return _head.AsSpan(0, Math.Min(_headEnd, count));
    }

    public abstract void Dispose();

    protected abstract int ReadOn(Span<byte> destination);
}
