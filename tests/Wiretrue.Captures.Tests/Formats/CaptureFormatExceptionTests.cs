using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureFormatExceptionTests
{
    [Fact]
    public void The_message_is_one_line_with_file_place_problem_and_advice()
    {
        CaptureFormatException e = new("x.pcap", 1234, 7, "a lie", "look elsewhere");
        Assert.Equal("x.pcap: byte 1234, packet 7: a lie; look elsewhere", e.Message);
        Assert.Equal(("x.pcap", 1234L, 7L, "a lie", "look elsewhere"), (e.File, e.Offset, e.PacketNumber, e.Problem, e.Advice));
    }

    [Fact]
    public void Before_the_first_packet_there_is_no_number()
        => Assert.Equal("x.pcap: byte 0: the file is empty; try another",
            new CaptureFormatException("x.pcap", 0, 0, "the file is empty", "try another").Message);

    [Fact]
    public void The_same_damage_is_told_at_every_further_read()
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream([.. new PcapFile().Header(uint.MaxValue, 0).ToArray()]), "test");
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        Assert.Empty(window.Records.ToArray());
        CaptureFormatException first = Assert.Throws<CaptureFormatException>(() => reader.Read(window));
        Assert.Same(first, Assert.Throws<CaptureFormatException>(() => reader.Read(window)));
        Assert.Equal((24L, 1L), (first.Offset, first.PacketNumber));
    }
}
