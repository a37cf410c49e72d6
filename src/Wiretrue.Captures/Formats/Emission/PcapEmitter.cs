using Wiretrue.Captures.Formats.Indexing;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>pcap to pcap: new records take the original's timestamp and byte order; there is no room for more.</summary>
internal sealed class PcapEmitter : RecordEmitter
{
    private int _passed;

    private protected override void Start()
    {
        _passed = 0;
        if (Links is null || Window.FileOffset > 0 || Window.Length == 0) return;

        // The header is in the window, which is changed in place.
        CaptureInterface captured = Window.Interfaces[0];
        CaptureInterface described = Described(in captured);
        if (described == captured) return;
        bool bigEndian = Window.Buffer[0] == 0xA1;
        new Words(bigEndian).PutWord(Window.Buffer.AsSpan(PcapIndex.LinkTypeOffset), (ushort)described.LinkType);
    }

    private protected override void PassUntil(int record)
    {
        bool end = record == Window.Records.Length;
        int until = end ? Window.Length : Window.Records[record].BlockOffset;
        Batch.AppendFromWindow(_passed, until - _passed);
        _passed = end ? until : Window.Records[record].BlockEnd;
    }

    private protected override Span<byte> EmitFrom(in CaptureRecord original, scoped in RecordChange change, bool first)
    {
        Span<byte> record = Batch.Reserve(PcapIndex.RecordHeaderLength + change.CapturedLength);
        Words words = new(original.BigEndian);
        Window.Buffer.AsSpan(original.BlockOffset, 8).CopyTo(record);
        words.PutWord(record[8..], (uint)change.CapturedLength);
        words.PutWord(record[12..], change.OriginalLength);
        return record[PcapIndex.RecordHeaderLength..];
    }
}
