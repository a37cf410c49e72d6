using Wiretrue.Captures.Formats.Indexing;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>
/// pcap to pcapng: one little-endian section, one interface in the file's own unit of time, an enhanced block for each record.
/// </summary>
internal sealed class PcapToPcapNgEmitter : RecordEmitter
{
    private const int SectionHeaderLength = 28;
    private const int InterfaceHeaderLength = 16;
    private const int OptionLength = 8;

    private int _next;
    private uint _unitsPerSecond;

    private protected override void Start()
    {
        _next = 0;
        if (Window.FileOffset > 0) return;
        CaptureInterface described = Described(in Window.Interfaces[0]);
        _unitsPerSecond = described.Resolution == TimestampResolution.Nanoseconds ? 1_000_000_000u : 1_000_000u;
        WriteSection(Batch.Reserve(SectionHeaderLength));
        WriteInterface(in described);
    }

    private protected override void PassUntil(int record)
    {
        for (; _next < record; _next++)
        {
            ref readonly CaptureRecord original = ref Window.Records[_next];
            RecordChange same = new() { CapturedLength = original.CapturedLength, OriginalLength = original.OriginalLength };
            Window.Data(in original).CopyTo(EmitFrom(in original, in same, first: true));
        }

        _next++;
    }

    private protected override Span<byte> EmitFrom(in CaptureRecord original, scoped in RecordChange change, bool first)
    {
        Words words = new(original.BigEndian);
        ReadOnlySpan<byte> header = Window.Buffer.AsSpan(original.BlockOffset);
        ulong timestamp = ((ulong)words.Word(header) * _unitsPerSecond) + words.Word(header[4..]);
        return PacketBlock.Enhanced(Batch, bigEndian: false, interfaceId: 0, timestamp, in change);
    }

    private static void WriteSection(Span<byte> block)
    {
        Words words = new(bigEndian: false);
        words.PutWord(block, BlockType.SectionHeader);
        words.PutWord(block[4..], SectionHeaderLength);
        words.PutWord(block[8..], BlockType.ByteOrderMagic);
        words.PutHalf(block[12..], 1); // version 1.0
        words.PutHalf(block[14..], 0);
        words.PutLong(block[16..], ulong.MaxValue); // length unknown
        words.PutWord(block[24..], SectionHeaderLength);
    }

    private void WriteInterface(in CaptureInterface described)
    {
        bool unit = described.Resolution != TimestampResolution.Microseconds;
        bool fcs = described.FcsLength > 0;
        int options = ((unit ? 1 : 0) + (fcs ? 1 : 0)) * OptionLength;
        int total = InterfaceHeaderLength + options + (options > 0 ? DerivedOptions.EndLength : 0) + PcapNgIndex.TrailerLength;
        Span<byte> block = Batch.Reserve(total);
        block.Clear();
        Words words = new(bigEndian: false);
        words.PutWord(block, BlockType.InterfaceDescription);
        words.PutWord(block[4..], (uint)total);
        words.PutHalf(block[8..], (ushort)described.LinkType);
        words.PutWord(block[12..], described.SnapLength);
        Span<byte> option = block[InterfaceHeaderLength..];
        if (unit) option = WriteOption(option, words, OptionCode.TimestampResolution, described.Resolution.Encoded);
        if (fcs) WriteOption(option, words, OptionCode.FcsLength, (byte)(described.FcsLength * 8));
        words.PutWord(block[^PcapNgIndex.TrailerLength..], (uint)total);
    }

    private static Span<byte> WriteOption(Span<byte> to, Words words, ushort code, byte value)
    {
        words.PutHalf(to, code);
        words.PutHalf(to[2..], 1);
        to[4] = value;
        return to[OptionLength..];
    }
}
