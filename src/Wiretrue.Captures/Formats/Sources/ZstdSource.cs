using Wiretrue.Captures.Formats.Interop;

namespace Wiretrue.Captures.Formats.Sources;

/// <summary>Zstandard undone while it is read, by the system's libzstd; several frames follow each other as one file.</summary>
/// <remarks>
/// Compressed bytes that stop early read as an early end, which shows as a cut record; damaged ones throw <see
/// cref="InvalidDataException"/>.
/// </remarks>
internal sealed class ZstdSource(ByteSource compressed) : ByteSource
{
    private readonly ZstdDecoder _decoder = new();
    private readonly byte[] _input = new byte[128 << 10];
    private int _start;
    private int _end;
    private bool _ended;

    public override long Consumed => compressed.Consumed;

    public override long? Length => compressed.Length;

    public override void Dispose()
    {
        _decoder.Dispose();
        compressed.Dispose();
    }

    protected override int ReadOn(Span<byte> destination)
    {
        while (true)
        {
            if (_start == _end && !_ended)
            {
                (_start, _end) = (0, compressed.Read(_input));
                _ended = _end == 0;
            }

            // At the end the decoder may still hold bytes that did not fit before.
            (int taken, int given) = _decoder.Decompress(_input.AsSpan(_start, _end - _start), destination);
            _start += taken;
            if (given > 0) return given;
            if (_ended) return 0;
        }
    }
}
