using System.IO.Compression;

namespace Wiretrue.Captures.Formats.Sinks;

/// <summary>gzip while it is written, one member (RFC 1952).</summary>
internal sealed class GzipSink : ByteSink
{
    private readonly ByteSink _to;
    private readonly GZipStream _stream;

    public GzipSink(ByteSink to)
    {
        _to = to;
        _stream = new GZipStream(new BufferedStream(new SinkStream(to), 128 << 10), CompressionLevel.Optimal);
    }

    public override void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    // The compressor ends its block (RFC 1951, 3.2.4: an empty stored one brings it to a whole byte) and flushes the buffer behind it.
    public override void Flush() => _stream.Flush();

    public override void Finish()
    {
        _stream.Dispose();
        _to.Finish();
    }

    public override void Dispose() => _to.Dispose();
}
