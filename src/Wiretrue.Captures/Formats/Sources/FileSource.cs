using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Captures.Formats.Sources;

/// <summary>A regular file, read straight into the caller's bytes: no buffer between.</summary>
internal sealed class FileSource(SafeFileHandle handle, long length) : ByteSource
{
    private long _position;

    public override long Consumed => _position;

    public override long? Length => length;

    public override void Dispose() => handle.Dispose();

    protected override int ReadOn(Span<byte> destination)
    {
        int got = RandomAccess.Read(handle, destination, _position);
        _position += got;
        return got;
    }
}
