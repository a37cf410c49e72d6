using System.Text;
using Wiretrue.Captures.Formats;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class SegmentationNoteTests
{
    private const string Text = "wiretrue: merged, gso_type tcpv4|udp_tunnel_csum, gso_size 1448, gso_segs 44";

    [Fact]
    public void It_is_written_in_the_kernels_words()
    {
        var note = new SegmentationNote(GsoType.TcpV4 | GsoType.UdpTunnelChecksum, 1448, 44);
        Assert.Equal(Text, note.ToString());
        Assert.True(SegmentationNote.IsOne(Encoding.UTF8.GetBytes(Text)));
    }

    [Fact]
    public void Every_note_comes_back_as_it_was_written()
    {
        var random = new Random(3);
        byte[] bytes = new byte[SegmentationNote.MaxLength];
        for (int i = 0; i < 10_000; i++)
        {
            GsoType type = (GsoType)random.Next(1, 1 << 21) & SegmentationNote.Nameable;
            if (type == GsoType.None)
                continue;
            var note = new SegmentationNote(type, random.Next(1, 1 << 20), random.Next(1, 1 << 20));
            int length = note.Write(bytes);
            Assert.True(SegmentationNote.TryParse(bytes.AsSpan(0, length), out SegmentationNote read));
            Assert.Equal(note, read);
        }
    }

    [Fact]
    public void The_longest_note_fits()
    {
        byte[] bytes = new byte[SegmentationNote.MaxLength];
        Assert.InRange(new SegmentationNote(SegmentationNote.Nameable, 1 << 20, 1 << 20).Write(bytes), 100, SegmentationNote.MaxLength);
    }

    [Fact]
    public void A_note_that_is_cut_says_nothing()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Text);
        for (int length = 0; length < whole.Length - 1; length++)
            Assert.False(SegmentationNote.TryParse(whole.AsSpan(0, length), out _), $"{length}");
    }

    [Theory]
    [InlineData("wiretrue: merged, gso_type , gso_size 1448, gso_segs 44")]
    [InlineData("wiretrue: merged, gso_type tcpv5, gso_size 1448, gso_segs 44")]
    [InlineData("wiretrue: merged, gso_type tcpv4|, gso_size 1448, gso_segs 44")]
    [InlineData("wiretrue: merged, gso_type tcpv4, gso_size 0, gso_segs 44")]
    [InlineData("wiretrue: merged, gso_type tcpv4, gso_size -1, gso_segs 44")]
    [InlineData("wiretrue: merged, gso_type tcpv4, gso_size 99999999999999999999, gso_segs 44")]
    [InlineData("wiretrue: merged, gso_type tcpv4, gso_size 1448, gso_segs 44.")]
    [InlineData("wiretrue: checksum completed")]
    [InlineData("")]
    public void What_is_no_note_says_nothing(string text) => Assert.False(SegmentationNote.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_found_among_the_options_of_a_packet_whose_checksum_is_not_ready(bool bigEndian)
    {
        PcapNgFile o = new(bigEndian);
        byte[] Options(uint flags) => [.. o.Comment("mine"), .. o.Flags(flags), .. o.Comment(Text), .. o.End()];
        byte[] file = new PcapNgFile(bigEndian).Section().Interface()
            .Enhanced([1, 2, 3], options: Options(0xA00)).Enhanced([1], options: Options(0x800)).Enhanced([1], options: o.Flags(0xA00)).ToArray();
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "test");
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        Assert.True(SegmentationNote.TryRead(window.Buffer, in window.Records[0], out SegmentationNote note));
        Assert.Equal(new SegmentationNote(GsoType.TcpV4 | GsoType.UdpTunnelChecksum, 1448, 44), note);
        Assert.False(SegmentationNote.TryRead(window.Buffer, in window.Records[1], out _));
        Assert.False(SegmentationNote.TryRead(window.Buffer, in window.Records[2], out _));
    }
}
