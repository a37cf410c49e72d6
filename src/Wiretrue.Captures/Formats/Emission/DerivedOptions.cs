using Wiretrue.Captures.Formats.Indexing;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>
/// The options of a packet block that stems from another: all of the original's, byte for byte, but for what no longer holds.
/// </summary>
/// <remarks>
/// A hash of the packet's bytes goes, for they are others now, and so does what a <see cref="SegmentationNote"/> said of them. The drop count
/// stays with the first of several, or the same losses would be counted again. The flags lose the bits that the change clears, and get those
/// that it sets. A new comment comes last.
/// </remarks>
internal readonly ref struct DerivedOptions
{
    /// <summary>Bytes of the end mark.</summary>
    public const int EndLength = 4;

    /// <summary>Bytes of the flags option.</summary>
    public const int FlagsLength = 8;

    private readonly ReadOnlySpan<byte> _options;
    private readonly ReadOnlySpan<byte> _comment;
    private readonly PacketFlags _clear;
    private readonly PacketFlags _set;
    private readonly bool _addsFlags;
    private readonly bool _bigEndian;
    private readonly bool _enhanced;
    private readonly bool _first;

    public DerivedOptions(CaptureWindow window, in CaptureRecord original, scoped in RecordChange change, bool first)
    {
        int end = original.BlockEnd - PcapNgIndex.TrailerLength;
        _options = original.OptionsOffset == 0 ? default : window.Buffer.AsSpan(original.OptionsOffset..end);
        _comment = change.Comment;
        _clear = change.ClearFlags;
        _set = change.SetFlags;
        _addsFlags = _set != PacketFlags.None && original.FlagsOffset == 0;
        _bigEndian = original.BigEndian;
        _enhanced = original.Shape == RecordShape.EnhancedPacket;
        _first = first;
        Length = Measure();
    }

    /// <summary>Bytes that they take, the end mark included; 0 when there are none.</summary>
    public int Length { get; }

    public static int CommentLength(ReadOnlySpan<byte> comment) => 4 + PacketBlock.Pad(comment.Length);

    /// <summary>Writes a comment option; returns its length.</summary>
    public static int WriteComment(Span<byte> to, Words words, ReadOnlySpan<byte> comment)
    {
        words.PutHalf(to, OptionCode.Comment);
        words.PutHalf(to[2..], (ushort)comment.Length);
        comment.CopyTo(to[4..]);
        to[(4 + comment.Length)..CommentLength(comment)].Clear();
        return CommentLength(comment);
    }

    /// <summary>Writes a flags option; returns its length.</summary>
    public static int WriteFlags(Span<byte> to, Words words, PacketFlags flags)
    {
        words.PutHalf(to, OptionCode.PacketFlags);
        words.PutHalf(to[2..], 4);
        words.PutWord(to[4..], (uint)flags);
        return FlagsLength;
    }

    public void Write(Span<byte> to, Words words)
    {
        if (Length == 0) return;
        int at = _addsFlags ? WriteFlags(to, words, _set) : 0;
        BlockOptions options = new(_options, _bigEndian);
        while (options.MoveNext())
        {
            if (!Stays(in options)) continue;
            _options.Slice(options.Offset, options.PaddedLength).CopyTo(to[at..]);
            if (options.Code == OptionCode.PacketFlags && options.Value.Length == 4)
            {
                words.PutWord(to[(at + 4)..], (words.Word(options.Value) & ~(uint)_clear) | (uint)_set);
            }

            at += options.PaddedLength;
        }

        if (!_comment.IsEmpty) at += WriteComment(to[at..], words, _comment);
        to.Slice(at, EndLength).Clear();
    }

    private int Measure()
    {
        int length = _addsFlags ? FlagsLength : 0;
        BlockOptions options = new(_options, _bigEndian);
        while (options.MoveNext())
        {
            if (Stays(in options)) length += options.PaddedLength;
        }

        if (!_comment.IsEmpty) length += CommentLength(_comment);
        return length == 0 ? 0 : length + EndLength;
    }

    private bool Stays(in BlockOptions option) => option.Code switch
    {
        OptionCode.PacketHash => false,
        OptionCode.DropCount => _first || !_enhanced,
        OptionCode.Comment => !SegmentationNote.IsOne(option.Value),
        _ => true,
    };
}
