using System.Buffers.Binary;

namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>
/// Walks a pcapng block's options, a multiple of four bytes: code, length, padded value. Stops at the end mark, or at an option that
/// does not fit.
/// </summary>
internal ref struct BlockOptions(ReadOnlySpan<byte> options, bool bigEndian)
{
    private readonly ReadOnlySpan<byte> _options = options;
    private int _next;

    public ushort Code { get; private set; }

    /// <summary>Where the option begins, its code and length included.</summary>
    public int Offset { get; private set; }

    /// <summary>Bytes of the option with code, length and padding.</summary>
    public readonly int PaddedLength => _next - Offset;

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        Offset = _next;
        if (_options.Length - _next < 4) return false;
        Code = Half(_next);
        int length = Half(_next + 2);
        if (Code == OptionCode.End || length > _options.Length - _next - 4) return false;
        Value = _options.Slice(_next + 4, length);

        // Blocks and data are padded to four bytes, so that a value that fits has room for its padding as well.
        _next += 4 + ((length + 3) & ~3);
        return true;
    }

    private readonly ushort Half(int at) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(_options[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(_options[at..]);
}
