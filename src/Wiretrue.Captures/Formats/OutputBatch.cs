
namespace Wiretrue.Captures.Formats;

/// <summary>
/// What one window becomes, in order: slices of the window's own bytes, and new bytes in an arena. Long runs are written from where
/// they were read; short runs between new bytes are copied beside them, so that writes stay few and large.
/// </summary>
/// <remarks>
/// Owned by one thread at a time: the worker fills and seals it, the writer writes it. The window must live, unchanged, until it is
/// written. A batch is used again and again; its arena grows to what the worst window needed.
/// </remarks>
public sealed class OutputBatch
{
    /// <summary>
    /// Runs of the window shorter than this are copied to the arena: a copy of 32 KiB costs less than a system call more.
    /// </summary>
    public const int CopyThreshold = 32 << 10;

    /// <summary>Arena bytes above which <see cref="IsFull"/> asks for another batch.</summary>
    /// <remarks>Small enough to be still in the cache when it is written.</remarks>
    public const int ArenaLimit = 1 << 20;

    // A small capture needs little; after that comes a full batch at once, since what is outgrown stays in memory for a while.
    private const int FirstArena = 256 << 10;
    private const int FullArena = ArenaLimit + (ArenaLimit / 4);

    private Slice[] _slices = new Slice[64];
    private int _sliceCount;
    private byte[] _arena = [];
    private int _arenaLength;
    private int _runOffset;
    private int _runLength;
    private long _length;

    /// <summary>The window that slices point into.</summary>
    public CaptureWindow? Window { get; private set; }

    /// <summary>Bytes that the batch stands for.</summary>
    public long Length => _length;

    /// <summary>
    /// Enough is in the arena: this batch should be written, and the window go on in another, lest memory grow with what is put in.
    /// </summary>
    public bool IsFull => _arenaLength >= ArenaLimit;

    /// <summary>Slices to write; whole once the batch is sealed.</summary>
    public int SliceCount => _sliceCount;

    /// <summary>The bytes of one slice.</summary>
    public ReadOnlySpan<byte> this[int slice] => _slices[slice] is { FromWindow: true } s
        ? Window!.Buffer.AsSpan(s.Offset, s.Length)
        : _arena.AsSpan(_slices[slice].Offset, _slices[slice].Length);

    /// <summary>Forgets everything and starts over a window.</summary>
    public void Begin(CaptureWindow window)
    {
        (Window, _sliceCount, _arenaLength, _runLength, _length) = (window, 0, 0, 0, 0);
    }

    /// <summary>Appends bytes of the window as they stand. What follows the bytes before joins them.</summary>
    public void AppendFromWindow(int offset, int length)
    {
        if (length == 0) return;
        if (_runLength > 0 && _runOffset + _runLength != offset) EndRun(last: false);
        if (_runLength == 0) _runOffset = offset;
        _runLength += length;
        _length += length;
    }

    /// <summary>Appends so many new bytes, for the caller to fill before the next call; they hold leftovers until then.</summary>
    public Span<byte> Reserve(int length)
    {
        EndRun(last: false);
        _length += length;
        return Allot(length);
    }

    /// <summary>Ends the batch: nothing may be appended until it begins anew.</summary>
    public void Seal() => EndRun(last: true);

    /// <summary>
    /// Where in the arena the next reserved byte will be, to be written again with <see cref="ArenaAt"/>. Short runs before it are
    /// settled.
    /// </summary>
    internal int ArenaPosition()
    {
        EndRun(last: false);
        return _arenaLength;
    }

    /// <summary>Bytes reserved before.</summary>
    internal Span<byte> ArenaAt(int position, int length) => _arena.AsSpan(position, length);

    private void EndRun(bool last)
    {
        if (_runLength == 0) return;
        bool alone = last && _sliceCount == 0;
        if (_runLength >= CopyThreshold || alone)
        {
            Add(new Slice(true, _runOffset, _runLength));
        }
        else
        {
            Window!.Buffer.AsSpan(_runOffset, _runLength).CopyTo(Allot(_runLength));
        }

        _runLength = 0;
    }

    private Span<byte> Allot(int length)
    {
        if (_arena.Length - _arenaLength < length) Grow(length);
        if (_sliceCount > 0 && !_slices[_sliceCount - 1].FromWindow)
        {
            _slices[_sliceCount - 1].Length += length;
        }
        else
        {
            Add(new Slice(false, _arenaLength, length));
        }

        Span<byte> allotted = _arena.AsSpan(_arenaLength, length);
        _arenaLength += length;
        return allotted;
    }

    private void Grow(int length)
    {
        int usual = _arena.Length == 0 ? FirstArena : _arena.Length < FullArena ? FullArena : _arena.Length * 2;
        byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(_arenaLength + length, usual));
        _arena.AsSpan(0, _arenaLength).CopyTo(larger);
        _arena = larger;
    }

    private void Add(Slice slice)
    {
        if (_sliceCount == _slices.Length) Array.Resize(ref _slices, _slices.Length * 2);
        _slices[_sliceCount++] = slice;
    }

    private struct Slice(bool fromWindow, int offset, int length)
    {
        public readonly bool FromWindow = fromWindow;
        public readonly int Offset = offset;
        public int Length = length;
    }
}
