using System.Buffers.Binary;
using Wiretrue.Captures.Formats.Indexing;
using Wiretrue.Captures.Formats.Sources;

namespace Wiretrue.Captures.Formats;

/// <content>From a name or a stream to a reader: what the first bytes say.</content>
public sealed partial class CaptureReader
{
    /// <summary>Opens a capture by name, <c>-</c> for standard input, and looks at its first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="windowSize">Bytes of a window, from 64; it is less for small files, and more for a single record that needs it.</param>
    /// <param name="immediate">
    /// For a capture that is still going on: a window is given as soon as it holds a whole record or block, with what the source has to give,
    /// rather than when it is full.
    /// </param>
    /// <exception cref="CaptureAccessException">The file is not there, is a directory, or may not be read.</exception>
    /// <exception cref="CaptureFormatException">It is no capture.</exception>
    public static CaptureReader Open(string path, int windowSize = DefaultWindowSize, bool immediate = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSize, SmallestWindow);
        return Open(SourceOpener.Open(path), path == SourceOpener.StandardInput ? "standard input" : path, windowSize, immediate);
    }

    /// <summary>Reads a capture from a stream, which stays the caller's.</summary>
    /// <param name="stream">The bytes, from where it stands.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="windowSize">As above.</param>
    /// <param name="immediate">As above.</param>
    /// <exception cref="CaptureFormatException">It is no capture.</exception>
    public static CaptureReader Open(Stream stream, string name, int windowSize = DefaultWindowSize, bool immediate = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSize, SmallestWindow);
        return Open(new StreamSource(stream, leaveOpen: true), name, windowSize, immediate);
    }

    private static CaptureReader Open(ByteSource source, string name, int windowSize, bool immediate)
    {
        try
        {
            (source, CaptureCompression compression) = SourceOpener.Decompress(source, name);
            return new CaptureReader(source, name, compression, windowSize, immediate);
        }
        catch (Exception e)
        {
            source.Dispose();
            if (e is InvalidDataException)
            {
                Throw.Format(name, 0, 0, $"the compressed data is damaged ({e.Message})", "decompress it by hand to see more");
            }

            if (SystemFault.IsOne(e)) throw SystemFault.Translate(name, e);
            throw;
        }
    }

    private static (CaptureFormat Format, RecordIndex Index) Recognize(ByteSource source, string name)
    {
        // No more than the header is waited for: a live capture may send nothing else for long.
        ReadOnlySpan<byte> head = source.Peek(4);
        if (head.IsEmpty) Throw.Format(name, 0, 0, "the file is empty", "a capture of no packets still has a header");
        uint magic = head.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(head);
        RecordIndex? index = magic switch
        {
            PcapMagic.Microseconds or PcapMagic.MicrosecondsSwapped or PcapMagic.Nanoseconds or PcapMagic.NanosecondsSwapped
                => new PcapIndex(),
            PcapMagic.SectionHeader => new PcapNgIndex(),
            _ => null,
        };
        if (index is null)
        {
            head = source.Peek(ForeignMagic.Longest);
            (string what, string advice) = ForeignMagic.Recognize(head)
                ?? ($"no capture: it begins with {Convert.ToHexString(head[..Math.Min(4, head.Length)])}",
                    "pcap and pcapng are read, plain or compressed with gzip or zstd");
            Throw.Format(name, 0, 0, what, advice);
        }

        head = source.Peek(index.HeaderLength);
        if (head.Length < index.HeaderLength)
        {
            Throw.Format(name, 0, 0, $"the file header is cut: {head.Length} bytes of {index.HeaderLength}", "nothing can be read from it");
        }

        return (index is PcapIndex ? CaptureFormat.Pcap : CaptureFormat.PcapNg, index);
    }
}
