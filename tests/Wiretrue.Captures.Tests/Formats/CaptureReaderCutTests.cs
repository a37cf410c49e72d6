using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Captures that end too early, cut at every byte there is.</summary>
public sealed class CaptureReaderCutTests
{
    private static readonly byte[] Pcap = new PcapFile().Record(Reading.Packet(60)).Record([]).Record(Reading.Packet(77, 2))
        .Record(Reading.Packet(40, 3)).ToArray();

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void A_cut_pcap_keeps_every_whole_record(int windowSize)
    {
        int[] ends = Ends(Pcap);
        for (int length = 24; length <= Pcap.Length; length++) AssertCut(Pcap, length, ends, windowSize, headerLength: 24);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void A_cut_pcapng_keeps_every_whole_record(int windowSize)
    {
        PcapNgFile file = new PcapNgFile().Section();
        int header = file.Length;
        file.Interface().Enhanced(Reading.Packet(60), options: [.. file.Comment("one"), .. file.End()]).Block(5, new byte[12])
            .Simple(Reading.Packet(33));
        file.Section(bigEndian: true).Interface().Obsolete(Reading.Packet(10)).Enhanced(Reading.Packet(1));
        byte[] whole = file.ToArray();
        int[] ends = Ends(whole);
        for (int length = header; length <= whole.Length; length++) AssertCut(whole, length, ends, windowSize, header);
    }

    [Fact]
    public void A_cut_file_header_is_no_capture()
    {
        byte[] section = new PcapNgFile().Section().ToArray();
        for (int length = 1; length < 24; length++)
        {
            Assert.Throws<CaptureFormatException>(() => Reading.Of(Pcap[..length]));
            Assert.Throws<CaptureFormatException>(() => Reading.Of(section[..length]));
        }

        // With options, the header is longer than what any header must be.
        PcapNgFile file = new();
        byte[] longer = new PcapNgFile().Block(0x0A0D0D0A,
            [.. file.Word(0x1A2B3C4D), 1, 0, 0, 0, .. file.Long(ulong.MaxValue), .. file.Comment("a comment")]).ToArray();
        for (int length = 28; length < longer.Length; length++)
        {
            Reading reading = Reading.Of(longer[..length]);
            Assert.Contains("the file header is cut", reading.Error!.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Ends of all records, from a whole reading, which other tests prove.</summary>
    private static int[] Ends(byte[] whole) => [.. Reading.Of(whole).Records.Select(r => (int)r.Offset + r.Record.BlockLength)];

    private static void AssertCut(byte[] whole, int length, int[] ends, int windowSize, int headerLength)
    {
        Reading reading = Reading.Of(whole[..length], windowSize);
        Assert.Null(reading.Error);
        int records = ends.Count(end => end <= length);
        Assert.Equal(records, reading.Records.Count);
        Assert.Equal(whole[..reading.Bytes.Length], reading.Bytes);
        Assert.InRange(reading.Bytes.Length, records == 0 ? headerLength : ends[records - 1], length);
        if (reading.Bytes.Length == length)
        {
            Assert.Null(reading.Truncation);
            return;
        }

        CaptureTruncation cut = reading.Truncation!.Value;
        Assert.Equal((reading.Bytes.Length, records + 1L, (long)length - reading.Bytes.Length),
            (cut.Offset, cut.PacketNumber, cut.Available));
        Assert.True(cut.Needed > cut.Available);
        Assert.True(cut.Offset + cut.Needed <= whole.Length);
    }
}
