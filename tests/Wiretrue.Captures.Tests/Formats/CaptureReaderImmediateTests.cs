using System.IO.Compression;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureReaderImmediateTests
{
    private static readonly byte[] Pcap = new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(200, 2)).Record(Reading.Packet(61, 3)).ToArray();

    [Fact]
    public void What_is_whole_is_given_and_no_more_is_waited_for()
    {
        using PiecewiseStream pipe = new();
        pipe.Send(Pcap.AsSpan(..24));
        using CaptureReader reader = CaptureReader.Open(pipe, "pipe", immediate: true);
        CaptureWindow window = new();
        Expect(reader, window, bytes: 24, packets: 0);

        pipe.Send(Pcap.AsSpan(24..100));
        Expect(reader, window, bytes: 76, packets: 1);
        Assert.Equal(Reading.Packet(60), window.Data(in window.Records[0]));

        // Nothing is there now: so it is waited for.
        Assert.Throws<InvalidOperationException>(() => reader.Read(window));
    }

    [Fact]
    public void A_record_that_comes_in_pieces_is_waited_for_and_the_next_is_not()
    {
        using PiecewiseStream pipe = new();
        pipe.Send(Pcap.AsSpan(..120));
        using CaptureReader reader = CaptureReader.Open(pipe, "pipe", immediate: true);
        CaptureWindow window = new();
        Expect(reader, window, bytes: 24, packets: 0); // The first bytes were looked at, and are at hand before the rest.
        Expect(reader, window, bytes: 76, packets: 1);

        pipe.Send(Pcap.AsSpan(120..^1));
        Expect(reader, window, bytes: 216, packets: 1);
        Assert.Equal(Reading.Packet(200, 2), window.Data(in window.Records[0]));

        pipe.Send(Pcap.AsSpan(^1..));
        Expect(reader, window, bytes: 77, packets: 1);

        // That this was the last is learned only now.
        pipe.End();
        Expect(reader, window, bytes: 0, packets: 0);
        Assert.True(window.IsLast);
        Assert.False(reader.Read(window));
        Assert.Null(reader.Truncation);
    }

    [Fact]
    public void What_has_come_meanwhile_is_given_together()
    {
        using PiecewiseStream pipe = new();
        pipe.Send(Pcap.AsSpan(..50));
        pipe.Send(Pcap.AsSpan(50..));
        using CaptureReader reader = CaptureReader.Open(pipe, "pipe", immediate: true);
        CaptureWindow window = new();
        Expect(reader, window, bytes: 24, packets: 0);
        Expect(reader, window, bytes: Pcap.Length - 24, packets: 3);
    }

    [Fact]
    public void A_pcapng_is_opened_by_its_section_header_alone()
    {
        byte[] capture = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(60)).ToArray();
        using PiecewiseStream pipe = new();
        pipe.Send(capture.AsSpan(..28));
        using CaptureReader reader = CaptureReader.Open(pipe, "pipe", immediate: true);
        CaptureWindow window = new();
        Expect(reader, window, bytes: 28, packets: 0);
        pipe.Send(capture.AsSpan(28..));
        Expect(reader, window, bytes: capture.Length - 28, packets: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(90)]
    public void Any_pieces_give_the_same_whole(int size)
    {
        byte[] ng = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(60)).Enhanced(Reading.Packet(3000, 2)).ToArray();
        foreach (byte[] file in (byte[][])[Pcap, ng, Gzip(Pcap), Gzip(ng)])
        {
            using CaptureReader reader = CaptureReader.Open(new Dribble(file, size), "dribble", windowSize: 256, immediate: true);
            Reading reading = Reading.Of(reader);
            Assert.Equal(reader.Format == CaptureFormat.Pcap ? Pcap : ng, reading.Bytes);
            Assert.Null(reading.Truncation);
        }
    }

    [Fact]
    public void A_cut_end_is_told_of_as_ever()
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(Pcap[..^5]), "cut", immediate: true);
        Assert.Equal(2, Reading.Of(reader).Records.Count);
        Assert.Equal(new CaptureTruncation(316, 3, 77, 72), reader.Truncation);
    }

    private static void Expect(CaptureReader reader, CaptureWindow window, int bytes, int packets)
    {
        Assert.True(reader.Read(window));
        Assert.Equal((bytes, packets), (window.Length, window.Records.Length));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream all = new();
        using (GZipStream gzip = new(all, CompressionLevel.Fastest)) gzip.Write(bytes);
        return all.ToArray();
    }

    private sealed class Dribble(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}
