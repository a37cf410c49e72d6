using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Wiretrue.Captures.Formats.Interop;

namespace Wiretrue.Captures.Formats.Sources;

/// <summary>From a name to bytes: files, pipes and standard input; compression told by its magic, never by the name.</summary>
internal static class SourceOpener
{
    public const string StandardInput = "-";

    private const ushort GzipMagic = 0x1F8B;
    private const uint ZstdMagic = 0x28B52FFD;

    // Skippable frames may come first: 0x184D2A50 to 0x184D2A5F, little-endian (RFC 8878, 3.1.2).
    private const uint ZstdSkippable = 0x184D2A50;

    /// <summary>Opens <paramref name="path"/>, <c>-</c> for standard input.</summary>
    public static ByteSource Open(string path)
    {
        try
        {
            // Standard input is not owned: the process may have use for it after us.
            if (path == StandardInput) return Stream(new SafeFileHandle(0, ownsHandle: false));
            if (Directory.Exists(path)) Throw.Access(path, CaptureAccessFault.IsDirectory, "a directory, where a capture file is expected");

            // Pipes and devices say 0; so do the files of /proc. A stream reads all of them.
            long length = new FileInfo(path).Length;
            SafeFileHandle handle = File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            return length > 0 ? new FileSource(handle, length) : Stream(handle);
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(path, e);
        }
    }

    private static StreamSource Stream(SafeFileHandle handle)
        => new(new FileStream(handle, FileAccess.Read, bufferSize: 0), leaveOpen: false);

    /// <summary>Puts the decompressor in between that the first bytes ask for.</summary>
    public static (ByteSource Source, CaptureCompression Compression) Decompress(ByteSource source, string name)
    {
        ReadOnlySpan<byte> head = source.Peek(4);
        bool gzip = head.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(head) == GzipMagic;
        if (gzip) return (new GzipSource(source), CaptureCompression.Gzip);
        if (head.Length < 4) return (source, CaptureCompression.None);
        bool zstd = BinaryPrimitives.ReadUInt32BigEndian(head) == ZstdMagic
            || (BinaryPrimitives.ReadUInt32LittleEndian(head) & ~0xFu) == ZstdSkippable;
        if (!zstd) return (source, CaptureCompression.None);
        if (!Libzstd.IsAvailable)
        {
            Throw.Access(name, CaptureAccessFault.MissingLibrary,
                "compressed with zstd, which needs libzstd.so.1 (Debian: libzstd1); install it, or decompress the file first");
        }

        return (new ZstdSource(source), CaptureCompression.Zstandard);
    }
}
