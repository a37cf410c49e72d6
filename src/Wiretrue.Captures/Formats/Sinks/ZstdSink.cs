using Wiretrue.Captures.Formats.Interop;

namespace Wiretrue.Captures.Formats.Sinks;

/// <summary>Zstandard while it is written, one frame, by the system's libzstd at its default level.</summary>
internal sealed class ZstdSink(ByteSink to) : ByteSink
{
    private readonly ZstdEncoder _encoder = new();
    private readonly byte[] _output = new byte[128 << 10];

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            (int taken, int given, _) = _encoder.Compress(bytes, _output, ZstdDirective.Continue);
            bytes = bytes[taken..];
            if (given > 0) to.Write(_output.AsSpan(0, given));
        }
    }

    public override void Flush() => Drain(ZstdDirective.Flush);

    public override void Finish()
    {
        Drain(ZstdDirective.End);
        to.Finish();
    }

    public override void Dispose()
    {
        _encoder.Dispose();
        to.Dispose();
    }

    private void Drain(ZstdDirective directive)
    {
        bool done = false;
        while (!done)
        {
            (_, int given, done) = _encoder.Compress([], _output, directive);
            if (given > 0) to.Write(_output.AsSpan(0, given));
        }
    }
}
