using Wiretrue.Captures.Formats;
using Wiretrue.Testing.Captures;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureTimeTests
{
    [Fact]
    public void A_pcap_says_seconds_and_microseconds()
    {
        CaptureWindow window = Window(PlainCapture.WritePcap(1, [new PlainPacket(1, 0, 1, (7UL << 32) | 999_999, [1])]));
        Assert.Equal(new CaptureTime(7, 999_999_000), TimeOf(window, 0));
    }

    [Fact]
    public void A_broken_fraction_carries_into_the_seconds()
    {
        CaptureWindow window = Window(PlainCapture.WritePcap(1, [new PlainPacket(1, 0, 1, (7UL << 32) | 5_000_001, [1])]));
        Assert.Equal(new CaptureTime(12, 1000), TimeOf(window, 0));
    }

    [Fact]
    public void A_pcapng_says_what_its_interface_counts()
    {
        PcapNgFile o = new();
        CaptureWindow window = Window(new PcapNgFile().Section()
            .Interface(options: [.. o.Option(9, 9), .. o.Option(14, 100, 0, 0, 0, 0, 0, 0, 0), .. o.End()])
            .Enhanced([1], time: 3_000_000_007).Simple([1]).ToArray());
        Assert.Equal(new CaptureTime(103, 7), TimeOf(window, 0));
        Assert.False(CaptureTime.TryRead(window, in window.Records[1], out _));
    }

    [Theory]
    [InlineData(5, 0, 4, 999_999_999, 1)]
    [InlineData(4, 999_999_999, 5, 0, -1)]
    [InlineData(0, 0, ulong.MaxValue, 0, 1_000_000_000)]
    [InlineData(1UL << 62, 0, 0, 0, long.MaxValue)]
    public void What_lies_between_two_times_is_counted_in_nanoseconds(ulong seconds, uint rest, ulong earlier, uint earlierRest, long expected) =>
        Assert.Equal(expected, new CaptureTime(seconds, rest).Since(new CaptureTime(earlier, earlierRest)));

    private static CaptureTime TimeOf(CaptureWindow window, int record)
    {
        Assert.True(CaptureTime.TryRead(window, in window.Records[record], out CaptureTime time));
        return time;
    }

    private static CaptureWindow Window(byte[] file)
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "test");
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        return window;
    }
}
