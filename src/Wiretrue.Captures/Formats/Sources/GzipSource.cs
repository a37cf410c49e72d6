using System.IO.Compression;

namespace Wiretrue.Captures.Formats.Sources;

/// <summary>gzip undone while it is read; several members follow each other as one file (RFC 1952, 2.2).</summary>
/// <remarks>
/// Compressed bytes that stop early read as an early end, which shows as a cut record; damaged ones throw <see
/// cref="InvalidDataException"/>.
/// </remarks>
internal sealed class GzipSource(ByteSource compressed) : ByteSource
{
    // The decompressor asks for 8 KiB at a time; a buffer between makes few system calls of it.
    private const int InputBuffer = 128 << 10;

    private readonly GZipStream _stream = new(new BufferedStream(new SourceStream(compressed), InputBuffer), CompressionMode.Decompress);

    public override long Consumed => compressed.Consumed;

    public override long? Length => compressed.Length;

    public override void Dispose() => _stream.Dispose();

    protected override int ReadOn(Span<byte> destination) => _stream.Read(destination);
}
