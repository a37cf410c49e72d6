using Wiretrue.Captures.Formats.Indexing;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>
/// pcapng to pcap: little-endian, in nanoseconds where some interface is finer than microseconds. Everything but packets is left out, and
/// counted.
/// </summary>
internal sealed class PcapNgToPcapEmitter(string name, PcapTarget? target) : RecordEmitter
{
    private PcapTarget? _target = target;
    private bool _headerWritten;
    private bool _nanoseconds;
    private int _next;
    private int _walked;
    private bool _bigEndian;

    private protected override void Start()
    {
        (_next, _walked) = (0, 0);
        _target = PcapTarget.Widen(_target, Window, name, Links);
        if (!_headerWritten && (_target is not null || Window.IsLast)) WriteHeader(_target ?? PcapTarget.Nothing);
        if (_target is { Nanoseconds: true } && !_nanoseconds)
        {
            Throw.Format(name, Window.FileOffset, Window.FirstPacketNumber,
                "an interface finer than microseconds, after a pcap of microseconds was begun",
                "write pcapng, or convert from a file instead of a pipe");
        }
    }

    private protected override void PassUntil(int record)
    {
        for (; _next < record; _next++)
        {
            ref readonly CaptureRecord original = ref Window.Records[_next];
            RecordChange same = new() { CapturedLength = original.CapturedLength, OriginalLength = original.OriginalLength };
            Window.Data(in original).CopyTo(EmitFrom(in original, in same, first: true));
            CountDropped(original.BlockOffset, original.BlockEnd);
        }

        bool end = record == Window.Records.Length;
        if (end) CountDropped(Window.Length, Window.Length);
        else CountDropped(Window.Records[record].BlockOffset, Window.Records[record].BlockEnd);
        _next++;
    }

    private protected override Span<byte> EmitFrom(in CaptureRecord original, scoped in RecordChange change, bool first)
    {
        // A simple packet block has no time; pcap has no way to say so but zero.
        CaptureTime.TryRead(Window, in original, out CaptureTime time);
        Span<byte> record = Batch.Reserve(PcapIndex.RecordHeaderLength + change.CapturedLength);
        Words words = new(bigEndian: false);
        words.PutWord(record, (uint)time.Seconds);
        words.PutWord(record[4..], _nanoseconds ? time.Nanoseconds : time.Nanoseconds / 1000);
        words.PutWord(record[8..], (uint)change.CapturedLength);
        words.PutWord(record[12..], change.OriginalLength);
        return record[PcapIndex.RecordHeaderLength..];
    }

    private void WriteHeader(PcapTarget target)
    {
        Span<byte> header = Batch.Reserve(PcapIndex.FileHeaderLength);
        header.Clear();
        Words words = new(bigEndian: false);
        words.PutWord(header, target.Nanoseconds ? PcapMagic.Nanoseconds : PcapMagic.Microseconds);
        words.PutHalf(header[4..], 2); // version 2.4
        words.PutHalf(header[6..], 4);
        words.PutWord(header[16..], target.SnapLength);
        uint fcs = target.FcsLength == 0 ? 0 : PcapIndex.FcsLengthPresent | ((uint)target.FcsLength / 2 << 28);
        words.PutWord(header[20..], (ushort)target.LinkType | fcs);
        (_headerWritten, _nanoseconds) = (true, target.Nanoseconds);
    }

    /// <summary>Counts the blocks up to a packet's that say something and have no place in a pcap.</summary>
    private void CountDropped(int until, int next)
    {
        while (_walked < until)
        {
            // A section header tells its own byte order; the index has checked every block that is in the window.
            ReadOnlySpan<byte> block = Window.Buffer.AsSpan(_walked);
            uint type = new Words(_bigEndian).Word(block);
            if (type == BlockType.SectionHeader) _bigEndian = block[8] == 0x1A;
            if (type is not (BlockType.SectionHeader or BlockType.InterfaceDescription)) DroppedBlocks++;
            _walked += (int)new Words(_bigEndian).Word(block[4..]);
        }

        _walked = next;
    }
}
