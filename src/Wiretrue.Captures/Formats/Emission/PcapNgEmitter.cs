using Wiretrue.Captures.Formats.Indexing;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>pcapng to pcapng: every other block passes as it is; a section's stated length follows what its records became.</summary>
/// <remarks>
/// A Section Header Block may state its section's length, and nearly none does. Where records change their size the statement would
/// lie. An output that can be gone
/// back to is revised at the end; elsewhere the length is stated when the section lies within one batch, and else "unknown" (−1).
/// </remarks>
internal sealed class PcapNgEmitter(bool canRevise) : RecordEmitter
{
    private const int LengthOffset = 16;
    private const ulong Unknown = ulong.MaxValue;

    private readonly List<(long Position, ulong Length, bool BigEndian)> _revisions = [];
    private int _passed;
    private int _nextSection;
    private Section _section = new() { InArena = -1 };

    public override void Finish(CaptureOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> bytes = stackalloc byte[8];
        foreach ((long position, ulong length, bool bigEndian) in _revisions)
        {
            new Words(bigEndian).PutLong(bytes, length);
            output.Revise(position, bytes);
        }

        _revisions.Clear();
    }

    private protected override void Start()
    {
        (_passed, _nextSection) = (0, 0);
        if (Links is null) return;
        foreach (int at in Window.Descriptions) Describe(Window.Buffer.AsSpan(at), BigEndianAt(at));
    }

    private protected override void PassUntil(int record)
    {
        bool end = record == Window.Records.Length;
        int until = end ? Window.Length : Window.Records[record].BlockOffset;
        while (_nextSection < Window.Sections.Length && Window.Sections[_nextSection] < until) PassSection(Window.Sections[_nextSection++]);
        Pass(until);
        if (!end) _passed = Window.Records[record].BlockEnd;
        else if (Window.IsLast) CloseSection();
        else LeaveSection();
    }

    private protected override Span<byte> EmitFrom(in CaptureRecord original, scoped in RecordChange change, bool first)
    {
        if (original.Shape != RecordShape.SimplePacket) return PacketBlock.Derive(Window, Batch, in original, in change, first);

        // A simple block's length says how much is in it; one that holds less than that (a snapped super-frame's tail) must become an
        // enhanced one, which needs a time, and there never was one. So must one that is to have flags.
        uint snapLength = Window.Interfaces[original.Interface].SnapLength;
        bool fits = (uint)change.CapturedLength == (snapLength == 0 ? change.OriginalLength : Math.Min(change.OriginalLength, snapLength));
        return fits && change.SetFlags == PacketFlags.None
            ? PacketBlock.Simple(Batch, original.BigEndian, in change)
            : PacketBlock.Enhanced(Batch, original.BigEndian, interfaceId: 0, timestamp: 0, in change);
    }

    /// <summary>The section goes on in another batch: its length can't be set here any more.</summary>
    private protected override void LeaveSection()
    {
        if (_section.InArena < 0) return;
        new Words(_section.BigEndian).PutLong(Batch.ArenaAt(_section.InArena, 8), Unknown);
        _section = new Section { InArena = -1 };
    }

    /// <summary>Changes a description in place: the link type, and that no frame check sequence follows.</summary>
    private void Describe(Span<byte> block, bool bigEndian)
    {
        Words words = new(bigEndian);
        words.PutHalf(block[8..], (ushort)Links!((LinkType)words.Half(block[8..])));
        int total = (int)words.Word(block[4..]);
        BlockOptions options = new(block[16..(total - PcapNgIndex.TrailerLength)], bigEndian);
        while (options.MoveNext())
        {
            if (options.Code == OptionCode.FcsLength && options.Value.Length == 1) block[16 + options.Offset + 4] = 0;
        }
    }

    // The type is 1 in either order, and the order that makes it so is the section's.
    private bool BigEndianAt(int description) => Window.Buffer[description] == 0;

    private void Pass(int until)
    {
        Batch.AppendFromWindow(_passed, until - _passed);
        _passed = until;
    }

    private void PassSection(int at)
    {
        Pass(at);
        CloseSection();
        ReadOnlySpan<byte> header = Window.Buffer.AsSpan(at);
        bool bigEndian = header[8] == 0x1A;
        Words words = new(bigEndian);
        ulong stated = words.Long(header[LengthOffset..]);
        if (stated == Unknown) return;
        _section = new Section
        {
            IsStated = true,
            BigEndian = bigEndian,
            Stated = stated,
            Position = Position + LengthOffset,
            Start = Position,
            InputStart = Window.FileOffset + at,
            InArena = -1,
        };
        if (canRevise) return;
        Pass(at + LengthOffset);
        _section.InArena = Batch.ArenaPosition();
        words.PutLong(Batch.Reserve(8), stated);
        _passed += 8;
    }

    private void CloseSection()
    {
        // Only what was added or taken away counts: a statement that was wrong before stays so, and an untouched section stays as it is.
        long added = Position - _section.Start - (Window.FileOffset + _passed - _section.InputStart);
        if (_section.IsStated && added != 0)
        {
            ulong length = _section.Stated + (ulong)added;
            if (_section.InArena >= 0) new Words(_section.BigEndian).PutLong(Batch.ArenaAt(_section.InArena, 8), length);
            else if (canRevise) _revisions.Add((_section.Position, length, _section.BigEndian));
        }

        _section = new Section { InArena = -1 };
    }

    private struct Section
    {
        public bool IsStated;
        public bool BigEndian;
        public ulong Stated;

        /// <summary>Where the statement is in the output.</summary>
        public long Position;

        /// <summary>Where the section begins in the output.</summary>
        public long Start;

        /// <summary>Where it begins in the input.</summary>
        public long InputStart;

        /// <summary>Where the statement is in the present batch's arena, -1 when it is not.</summary>
        public int InArena;
    }
}
