using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Captures.Formats.Sinks;

/// <summary>A new regular file, its room taken beforehand where the file system can.</summary>
internal sealed class FileSink : ByteSink
{
    private readonly SafeFileHandle _handle;
    private readonly bool _preallocated;
    private long _position;

    public FileSink(string path, long sizeHint)
    {
        (_handle, _preallocated) = Create(path, sizeHint);
    }

    public override bool CanRevise => true;

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, _position);
        _position += bytes.Length;
    }

    public override void Revise(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, position);

    public override void Finish()
    {
        // The room was taken beyond the end of the file; cutting the file where it ends anyway gives back what was not used.
        if (_preallocated) RandomAccess.SetLength(_handle, _position);
    }

    public override void Dispose() => _handle.Dispose();

    private static (SafeFileHandle Handle, bool Preallocated) Create(string path, long sizeHint)
    {
        if (sizeHint > 0)
        {
            try
            {
                return (File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileOptions.None, sizeHint), true);
            }
            catch (IOException)
            {
                // The hint may be more than is needed, and more than there is: only a write that fails is a failure.
                File.Delete(path);
            }
        }

        return (File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), false);
    }
}
