using Wiretrue.Captures.Formats.Indexing;
using Wiretrue.Captures.Formats.Sources;

namespace Wiretrue.Captures.Formats;

/// <summary>
/// Reads a capture (pcap, pcapng; plain, gzip or zstd; file or pipe) in windows of whole records. Memory stays constant whatever the
/// size.
/// </summary>
/// <remarks>
/// For one thread. Concatenated, the windows' bytes are the decompressed file's, but for what a cut or damaged end leaves over.
/// </remarks>
public sealed partial class CaptureReader : IDisposable
{
    /// <summary>
    /// Bytes of the first window, unless told otherwise. It shows the flows that were under way when the capture began, of which no
    /// handshake tells, so it is large.
    /// </summary>
    public const int DefaultWindowSize = 4 << 20;

    /// <summary>Bytes of the windows after the first, at most: small enough that the cache holds one while it goes through all stages.</summary>
    public const int LaterWindowSize = 512 << 10;

    private const int SmallestWindow = 64;

    private readonly ByteSource _source;
    private readonly RecordIndex _index;
    private readonly int _windowSize;
    private readonly bool _immediate;
    private byte[] _tail = [];
    private int _tailLength;
    private long _position;
    private long _nextPacket = 1;
    private bool _ended;
    private CaptureFormatException? _pending;

    private CaptureReader(ByteSource source, string name, CaptureCompression compression, int windowSize, bool immediate)
    {
        (_source, Name, Compression, _immediate) = (source, name, compression, immediate);
        (Format, _index) = Recognize(source, name);
        _windowSize = compression == CaptureCompression.None && source.Length < windowSize ? (int)source.Length.Value + 1 : windowSize;
        _windowSize = Math.Max(_windowSize, SmallestWindow);
    }

    /// <summary>The file's name as the user gave it.</summary>
    public string Name { get; }

    /// <summary>The container.</summary>
    public CaptureFormat Format { get; }

    /// <summary>How the file is compressed.</summary>
    public CaptureCompression Compression { get; }

    /// <summary>Bytes of the file as it lies on the disk; null for a pipe.</summary>
    public long? FileLength => _source.Length;

    /// <summary>
    /// Bytes of the file that have been taken, compressed ones where it is compressed; against <see cref="FileLength"/>, the progress.
    /// </summary>
    public long BytesRead => _source.Consumed;

    /// <summary>Bytes of the decompressed file delivered in windows.</summary>
    public long Position => _position;

    /// <summary>Packets delivered.</summary>
    public long PacketsRead => _nextPacket - 1;

    /// <summary>The file stops inside a record: known once <see cref="Read"/> has delivered the last window, else null.</summary>
    public CaptureTruncation? Truncation { get; private set; }

    /// <summary>
    /// Fills a window with the next records. False when the last one has been given. The last may be empty: when all that is left is a
    /// cut record, or when an immediate reader learns only afterwards that it had given everything.
    /// </summary>
    /// <exception cref="CaptureFormatException">The bytes contradict themselves; every whole record before them has been
    /// delivered.</exception>
    /// <exception cref="CaptureAccessException">The system could not read on.</exception>
    public bool Read(CaptureWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        window.Clear();
        window.FileOffset = _position;
        window.FirstPacketNumber = _nextPacket;
        if (_pending is not null) Throw.Pending(_pending);
        if (_ended && _tailLength == 0) return false;

        // The bytes left over from the window before may be a record larger than a window, or all but its end.
        int wanted = Math.Max(_position == 0 ? _windowSize : Math.Min(_windowSize, LaterWindowSize), _tailLength);
        Room(window, wanted, used: 0);
        _tail.AsSpan(0, _tailLength).CopyTo(window.Buffer);
        int filled = _tailLength;
        int indexed = 0;
        _tailLength = 0;
        while (true)
        {
            filled = Fill(window.Buffer, filled, wanted);
            indexed = _index.Index(window, indexed, filled);

            if (indexed > 0 || _ended || _index.Fault is not null) break;

            // A record larger than the window: only here does a window grow, and never beyond the largest record believed.
            if (filled == wanted) wanted = _index.Needed;
            Room(window, wanted, filled);
        }

        Deliver(window, indexed, filled);
        if (window.Length == 0 && _pending is not null) Throw.Pending(_pending);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static void Room(CaptureWindow window, int wanted, int used)
    {
        if (window.Buffer.Length >= wanted) return;
        byte[] larger = GC.AllocateUninitializedArray<byte>(wanted);
        window.Buffer.AsSpan(0, used).CopyTo(larger);
        window.Buffer = larger;
    }

    /// <summary>Reads until so many bytes are in the buffer, or the capture ends; an immediate reader, until there are some more.</summary>
    private int Fill(byte[] buffer, int filled, int wanted)
    {
        try
        {
            while (filled < wanted && !_ended)
            {
                int got = _source.Read(buffer.AsSpan(filled, wanted - filled));
                filled += got;
                _ended = got == 0;
                if (_immediate) break;
            }
        }
        catch (InvalidDataException e)
        {
            // What was decompressed before the damage is good: deliver it first.
            _ended = true;
            _pending = new CaptureFormatException(Name, _position + filled, 0, $"the compressed data is damaged ({e.Message})",
                "the packets before it are whole");
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(Name, e);
        }

        return filled;
    }

    private void Deliver(CaptureWindow window, int indexed, int filled)
    {
        _index.Publish(window);
        window.Length = indexed;
        int left = filled - indexed;
        long offset = _position + indexed;
        _position = offset;
        _nextPacket += window.Records.Length;
        if (_index.Fault is { } fault && _pending is null)
        {
            _pending = new CaptureFormatException(Name, offset, _nextPacket, fault.Problem, fault.Advice);
        }

        if (_pending is not null)
        {
            _ended = true;
        }
        else if (_ended)
        {
            EndAt(offset, left);
        }
        else
        {
            KeepTail(window.Buffer.AsSpan(indexed, left));
        }

        window.IsLast = _ended && _tailLength == 0;
    }

    private void EndAt(long offset, int left)
    {
        if (left == 0) return;
        if (offset == 0)
        {
            _pending = new CaptureFormatException(Name, 0, 0, $"the file header is cut: {left} bytes of {_index.Needed}",
                "nothing can be read from it");
        }

        Truncation = new CaptureTruncation(offset, _nextPacket, _index.Needed, left);
    }

    private void KeepTail(ReadOnlySpan<byte> tail)
    {
        if (_tail.Length < tail.Length + 1) _tail = new byte[Math.Max(tail.Length + 1, 64 << 10)];
        tail.CopyTo(_tail);
        _tailLength = tail.Length;

        // One byte ahead, so that a window that ends where the file ends knows that it is the last. It may be long in coming.
        if (_tailLength == 0 && !_immediate) _tailLength = Fill(_tail, 0, 1);
    }
}
