
namespace Wiretrue.Captures.Formats;

/// <summary>
/// A stretch of a capture in memory: whole records and the blocks between them. The file passes through a small ring of windows, so memory
/// stays constant; all that a repair may know of the future lies in the window.
/// </summary>
/// <remarks>
/// The windows' bytes, one after the other, are the file's, its header included. A window belongs to whoever holds it until it is given to
/// <see cref="CaptureReader.Read"/> again; its packets may be changed in place.
/// </remarks>
public sealed class CaptureWindow
{
    private CaptureRecord[] _records = [];
    private int[] _sections = [];
    private int[] _descriptions = [];
    private CaptureInterface[] _interfaces = [];
    private int _recordCount;
    private int _sectionCount;
    private int _descriptionCount;
    private int _interfaceCount;

    /// <summary>The bytes; the first <see cref="Length"/> of them are whole records and blocks.</summary>
    public byte[] Buffer { get; internal set; } = [];

    /// <summary>Bytes in use.</summary>
    public int Length { get; internal set; }

    /// <summary>Where the window begins in the (decompressed) file, in bytes.</summary>
    public long FileOffset { get; internal set; }

    /// <summary>Number of the window's first packet, counted from 1 as every capture tool does.</summary>
    public long FirstPacketNumber { get; internal set; }

    /// <summary>The packets, in file order.</summary>
    public Span<CaptureRecord> Records => _records.AsSpan(0, _recordCount);

    /// <summary>Every interface that the file has described up to the window's end.</summary>
    public ReadOnlySpan<CaptureInterface> Interfaces => _interfaces.AsSpan(0, _interfaceCount);

    /// <summary>pcapng: where each Section Header Block in this window begins.</summary>
    public ReadOnlySpan<int> Sections => _sections.AsSpan(0, _sectionCount);

    /// <summary>pcapng: where each Interface Description Block in this window begins.</summary>
    internal ReadOnlySpan<int> Descriptions => _descriptions.AsSpan(0, _descriptionCount);

    /// <summary>Nothing comes after this window.</summary>
    public bool IsLast { get; internal set; }

    /// <summary>The captured bytes of a packet of this window.</summary>
    public Span<byte> Data(in CaptureRecord record) => Buffer.AsSpan(record.DataOffset, record.CapturedLength);

    internal void Clear() => (_recordCount, _sectionCount, _descriptionCount, Length, IsLast) = (0, 0, 0, 0, false);

    internal ref CaptureRecord Add()
    {
        if (_recordCount == _records.Length) Array.Resize(ref _records, Math.Max(256, _records.Length * 2));
        ref CaptureRecord record = ref _records[_recordCount++];
        record = default;
        return ref record;
    }

    internal void AddSection(int offset) => Add(ref _sections, ref _sectionCount, offset);

    internal void AddDescription(int offset) => Add(ref _descriptions, ref _descriptionCount, offset);

    private static void Add(ref int[] offsets, ref int count, int offset)
    {
        if (count == offsets.Length) Array.Resize(ref offsets, Math.Max(4, count * 2));
        offsets[count++] = offset;
    }

    internal void Know(CaptureInterface[] interfaces, int count) => (_interfaces, _interfaceCount) = (interfaces, count);
}
