using Wiretrue.Headers;

namespace Wiretrue.Captures.Coalescing;

/// <summary>The headers of a window's frames as they were read: those that a super-frame begins with are written when it is made.</summary>
internal sealed class SavedHeaders
{
    private (int Offset, int Length)[] _places = [];
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Forgets all, for a window of so many records.</summary>
    public void Clear(int records)
    {
        if (_places.Length < records)
            _places = new (int, int)[Math.Max(records, _places.Length * 2)];
        _places.AsSpan(0, records).Clear();
        _used = 0;
    }

    /// <summary>Keeps the headers of a frame.</summary>
    public void Add(int record, ReadOnlySpan<byte> frame, in PacketLayout layout)
    {
        int length = layout.Count == 0 ? 0 : Math.Min(layout[layout.Count - 1].ContentOffset, frame.Length);
        if (_bytes.Length - _used < length)
            Array.Resize(ref _bytes, Math.Max(_used + length, Math.Max(1 << 16, _bytes.Length * 2)));
        frame[..length].CopyTo(_bytes.AsSpan(_used));
        _places[record] = (_used, length);
        _used += length;
    }

    /// <summary>The headers of a frame; empty when it was not kept.</summary>
    public ReadOnlySpan<byte> this[int record] => _bytes.AsSpan(_places[record].Offset, _places[record].Length);
}
