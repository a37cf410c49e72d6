namespace Wiretrue.Captures.Tests.Formats;

/// <summary>A pipe that somebody writes to in pieces. Where a pipe would wait for the next piece, a test has failed, and this throws.</summary>
internal sealed class PiecewiseStream : Stream
{
    private readonly Queue<byte[]> _pieces = new();
    private bool _closed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Send(ReadOnlySpan<byte> piece) => _pieces.Enqueue(piece.ToArray());

    public void End() => _closed = true;

    /// <summary>What has been sent, up to what is asked for: pieces that wait in a pipe have no bounds any more.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (_pieces.Count == 0) return _closed ? 0 : throw new InvalidOperationException("more is asked for than was sent");
        byte[] all = [.. _pieces.SelectMany(piece => piece)];
        _pieces.Clear();
        int given = Math.Min(buffer.Length, all.Length);
        all.AsSpan(0, given).CopyTo(buffer);
        if (given < all.Length) _pieces.Enqueue(all[given..]);
        return given;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
