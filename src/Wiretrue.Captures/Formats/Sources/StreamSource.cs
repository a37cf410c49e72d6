namespace Wiretrue.Captures.Formats.Sources;

/// <summary>Anything that is a stream: a pipe, standard input, a caller's own.</summary>
internal sealed class StreamSource(Stream stream, bool leaveOpen) : ByteSource
{
    private long _consumed;

    public override long Consumed => _consumed;

    public override long? Length => stream is { CanSeek: true, Length: > 0 } ? stream.Length : null;

    public override void Dispose()
    {
        if (!leaveOpen) stream.Dispose();
    }

    protected override int ReadOn(Span<byte> destination)
    {
        int got = stream.Read(destination);
        _consumed += got;
        return got;
    }
}
