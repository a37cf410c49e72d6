using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureReaderWindowTests
{
    [Fact]
    public void Windows_of_any_size_give_the_same_records()
    {
        Random random = new(7);
        PcapFile pcap = new();
        PcapNgFile ng = new PcapNgFile().Section().Interface();
        for (int i = 0; i < 60; i++)
        {
            byte[] packet = Reading.Packet(random.Next(200), i);
            pcap.Record(packet);
            ng.Enhanced(packet, options: i % 3 == 0 ? [.. ng.Comment("x"), .. ng.End()] : []).Block(5, new byte[random.Next(20) * 4]);
        }

        foreach (byte[] file in (byte[][])[pcap.ToArray(), ng.ToArray()])
        {
            Reading whole = Reading.Of(file);
            Assert.Equal(60, whole.Records.Count);
            for (int windowSize = 64; windowSize < 700; windowSize += 13)
            {
                Reading parts = Reading.Of(file, windowSize);
                Assert.Equal(file, parts.Bytes);
                Assert.Equal(whole.Records.Select(r => r.Offset), parts.Records.Select(r => r.Offset));
                Assert.Equal(whole.Records.Select(r => r.Data), parts.Records.Select(r => r.Data));
            }
        }
    }

    [Fact]
    public void A_record_larger_than_the_window_gets_one_that_holds_it()
    {
        byte[] file = new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(500_000, 2)).Record(Reading.Packet(61))
            .Record(Reading.Packet(100_000, 3)).ToArray();
        Reading reading = Reading.Of(file, windowSize: 1024);
        Assert.Equal([60, 500_000, 61, 100_000], reading.Records.Select(r => r.Data.Length));
        Assert.Equal(Reading.Packet(500_000, 2), reading.Records[1].Data);
    }

    [Fact]
    public void The_largest_record_believed_is_read_and_one_byte_more_is_not()
    {
        const int Largest = (16 << 20) - 16;
        Assert.Equal(Largest, Reading.Of(new PcapFile().Record(new byte[Largest]).ToArray()).Records[0].Data.Length);
        Assert.NotNull(Reading.Of(new PcapFile().Record(new byte[Largest + 1]).ToArray()).Error);
    }

    [Fact]
    public void A_small_file_takes_a_small_window()
    {
        using Testing.TempFolder folder = new();
        string path = folder.Write("small.pcap", new PcapFile().Record(Reading.Packet(1000)).ToArray());
        using CaptureReader reader = CaptureReader.Open(path);
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        Assert.InRange(window.Buffer.Length, 1040, 2000);
        Assert.Equal(1040, reader.FileLength);
        Assert.Equal(1040, reader.BytesRead);
        Assert.True(window.IsLast);
        Assert.False(reader.Read(window));
        Assert.Equal((0, 0), (window.Length, window.Records.Length));
    }

    [Fact]
    public void A_window_that_ends_where_the_file_does_knows_that_it_is_the_last()
    {
        // 24 + 40 bytes fill the smallest window to the byte.
        byte[] file = new PcapFile().Record(Reading.Packet(24)).ToArray();
        Assert.Equal(64, file.Length);
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "test", windowSize: 64);
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        Assert.True(window.IsLast);
    }

    [Fact]
    public void A_stream_that_gives_little_at_a_time_gives_the_same()
    {
        byte[] file = new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(200, 2)).ToArray();
        foreach (int most in (int[])[1, 3, 50])
        {
            using CaptureReader reader = CaptureReader.Open(new DribblingStream(file, most), "dribble", windowSize: 128);
            Assert.Equal(file, Reading.Of(reader).Bytes);
        }
    }

    [Fact]
    public void Windows_can_be_used_again_in_turn()
    {
        PcapNgFile ng = new PcapNgFile();
        for (int i = 0; i < 20; i++) ng.Section(i % 2 == 0).Interface().Enhanced(Reading.Packet(60 + i));
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(ng.ToArray()), "test", windowSize: 200);
        CaptureWindow[] ring = [new(), new(), new()];
        int packets = 0;
        for (int i = 0; reader.Read(ring[i % 3]); i++)
        {
            CaptureWindow window = ring[i % 3];
            foreach (int section in window.Sections) Assert.Equal(0x0A, window.Buffer[section]);
            foreach (CaptureRecord record in window.Records)
            {
                Assert.Equal((60 + packets, packets), (record.CapturedLength, record.Interface));
                packets++;
            }
        }

        Assert.Equal(20, packets);
    }

    [Fact]
    public void Reading_allocates_nothing_once_warm()
    {
        PcapFile file = new();
        for (int i = 0; i < 20_000; i++) file.Record(Reading.Packet(60));
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file.ToArray()), "test", windowSize: 64 << 10);
        CaptureWindow window = new();
        for (int i = 0; i < 3; i++) Assert.True(reader.Read(window));
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (!window.IsLast) Assert.True(reader.Read(window));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class DribblingStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
