namespace Wiretrue.Captures.Formats.Interop;

/// <summary>One zstd decompressor, freed once.</summary>
internal sealed class ZstdDecoder : IDisposable
{
    private nint _stream = Libzstd.CreateDStream();

    /// <summary>Nothing is left over inside: the last frame ended where the input did.</summary>
    public bool IsAtFrameEnd { get; private set; } = true;

    /// <summary>
    /// Decompresses from <paramref name="input"/> into <paramref name="output"/>. Frames follow each other; skippable ones are skipped.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or ask for more memory than the library allows.</exception>
    public unsafe (int Taken, int Given) Decompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_stream == 0, this);

        // Pinned for the one call; the library is told both lengths, and writes and reads within them.
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            ZstdInBuffer source = new() { Source = from, Size = (nuint)input.Length };
            ZstdOutBuffer destination = new() { Destination = to, Size = (nuint)output.Length };
            nuint result = Libzstd.DecompressStream(_stream, &destination, &source);
            if (Libzstd.IsError(result)) Throw.Damaged(Libzstd.ErrorName(result));
            IsAtFrameEnd = result == 0;
            return ((int)source.Position, (int)destination.Position);
        }
    }

    public void Dispose()
    {
        if (_stream != 0) _ = Libzstd.FreeDStream(_stream);
        _stream = 0;
    }
}
