using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats.Emission;

/// <summary>A section may state its length, which changes with its records.</summary>
public sealed class SectionLengthTests
{
    private static readonly Copying.Change Grow = (emitter, window, record) =>
    {
        if (window.Records[record].CapturedLength == 100) Emitting.Into([90, 90])(emitter, window, 0);
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_s_statement_is_revised(bool bigEndian)
    {
        foreach (int windowSize in (int[])[64, 1 << 20])
        {
            Assert.Equal(Grown(bigEndian), Emitting.Copy(Stated(bigEndian), Grow, windowSize: windowSize));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pipe_s_statement_is_right_where_the_section_is_seen_whole(bool bigEndian)
        => Assert.Equal(Grown(bigEndian), Emitting.Pipe(Stated(bigEndian), Grow, windowSize: 1 << 20));

    [Fact]
    public void A_pipe_s_statement_is_unknown_where_the_section_goes_on()
    {
        byte[] expected = Grown(false, first: -1, second: -1);
        Assert.Equal(expected, Emitting.Pipe(Stated(false), Grow, windowSize: 64));
    }

    [Fact]
    public void A_batch_left_in_the_middle_of_a_section_leaves_its_length_unknown()
    {
        byte[] after = Emitting.Pipe(Stated(false), Grow, windowSize: 1 << 20, anotherBatchAfter: i => i == 0);
        Assert.Equal(Grown(false, first: -1), after);
    }

    [Fact]
    public void An_untouched_section_keeps_even_a_wrong_statement()
    {
        byte[] file = new PcapNgFile().Section(length: 12345).Interface().Enhanced(Reading.Packet(60)).Section(length: 0).Interface()
            .ToArray();
        Assert.Equal(file, Emitting.Copy(file));
        Assert.Equal(file, Emitting.Copy(file, windowSize: 64));
        Assert.Equal(file, Emitting.Pipe(file, (_, _, _) => { }, windowSize: 1 << 20));
    }

    [Fact]
    public void A_change_that_keeps_the_size_keeps_the_statement()
    {
        byte[] after = Emitting.Copy(Stated(false), Emitting.Into([100]));
        Assert.Equal(Stated(false).Length, after.Length);
        Assert.Equal(Stated(false)[..28], after[..28]);
    }

    private static byte[] Stated(bool bigEndian) => Make(bigEndian, [Reading.Packet(100)], null, null);

    private static byte[] Grown(bool bigEndian, long? first = null, long? second = null)
        => Make(bigEndian, [Emitting.Filled(90), Emitting.Filled(90, 1)], first, second);

    private static byte[] Make(bool bigEndian, byte[][] packets, long? first, long? second)
    {
        PcapNgFile Body(PcapNgFile file)
        {
            file.Interface();
            foreach (byte[] packet in packets) file.Enhanced(packet);
            return file.Block(5, new byte[12]).Enhanced(Reading.Packet(61));
        }

        int length = Body(new PcapNgFile()).Length;
        int other = new PcapNgFile().Interface().Enhanced(Reading.Packet(10)).Length;
        PcapNgFile all = Body(new PcapNgFile(bigEndian).Section(length: first ?? length));
        return all.Section(!bigEndian, second ?? other).Interface().Enhanced(Reading.Packet(10)).ToArray();
    }
}
