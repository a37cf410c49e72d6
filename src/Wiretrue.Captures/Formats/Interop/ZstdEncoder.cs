namespace Wiretrue.Captures.Formats.Interop;

/// <summary>One zstd compressor at the library's default level, freed once.</summary>
internal sealed class ZstdEncoder : IDisposable
{
    private nint _stream = Libzstd.CreateCStream();

    /// <summary>
    /// Compresses from <paramref name="input"/> into <paramref name="output"/>; <c>Done</c> once all that <paramref name="directive"/> asks for
    /// has come out.
    /// </summary>
    public unsafe (int Taken, int Given, bool Done) Compress(ReadOnlySpan<byte> input, Span<byte> output, ZstdDirective directive)
    {
        ObjectDisposedException.ThrowIf(_stream == 0, this);

        // Pinned for the one call; the library is told both lengths, and writes and reads within them.
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            ZstdInBuffer source = new() { Source = from, Size = (nuint)input.Length };
            ZstdOutBuffer destination = new() { Destination = to, Size = (nuint)output.Length };
            nuint result = Libzstd.CompressStream2(_stream, &destination, &source, (int)directive);
            if (Libzstd.IsError(result)) Throw.Damaged(Libzstd.ErrorName(result));
            return ((int)source.Position, (int)destination.Position, result == 0);
        }
    }

    public void Dispose()
    {
        if (_stream != 0) _ = Libzstd.FreeCStream(_stream);
        _stream = 0;
    }
}
