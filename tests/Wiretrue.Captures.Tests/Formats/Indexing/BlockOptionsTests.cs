using Wiretrue.Captures.Formats.Indexing;

namespace Wiretrue.Captures.Tests.Formats.Indexing;

public sealed class BlockOptionsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Options_come_in_order_with_code_value_and_place(bool bigEndian)
    {
        PcapNgFile o = new(bigEndian);
        byte[] bytes = [.. o.Comment("hello"), .. o.Option(7), .. o.Flags(0x0A0B0C0D), .. o.End(), .. o.Comment("after the end")];
        Assert.Equal(
            [(1, 0, 12, "68656C6C6F"), (7, 12, 4, ""), (2, 16, 8, bigEndian ? "0A0B0C0D" : "0D0C0B0A")], Walk(bytes, bigEndian));
    }

    [Fact]
    public void The_walk_ends_where_the_bytes_do()
    {
        PcapNgFile o = new();
        Assert.Equal([(1, 0, 8, "61")], Walk(o.Comment("a"), bigEndian: false));
        Assert.Empty(Walk([], bigEndian: false));
        Assert.Empty(Walk(o.End(), bigEndian: false));
    }

    [Fact]
    public void An_option_that_does_not_fit_ends_the_walk_at_every_length()
    {
        byte[] whole = new PcapNgFile().Option(5, 1, 2, 3, 4, 5, 6, 7, 8);
        for (int length = 0; length < whole.Length; length += 4) Assert.Empty(Walk(whole[..length], bigEndian: false));
        Assert.Single(Walk(whole, bigEndian: false));
        Assert.Empty(Walk([5, 0, 255, 255, 0, 0, 0, 0], bigEndian: false));
    }

    [Fact]
    public void Any_bytes_are_walked_within_their_bounds()
    {
        Random random = new(9);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(12) * 4];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
            int end = 0;
            foreach ((int _, int offset, int padded, string value) in Walk(bytes, random.Next(2) == 0))
            {
                Assert.Equal(end, offset);
                end = offset + padded;
                Assert.InRange(end, offset + 4 + (value.Length / 2), bytes.Length);
                Assert.Equal(0, padded % 4);
            }
        }
    }

    private static List<(int Code, int Offset, int Padded, string Value)> Walk(byte[] bytes, bool bigEndian)
    {
        List<(int, int, int, string)> all = [];
        BlockOptions options = new(bytes, bigEndian);
        while (options.MoveNext()) all.Add((options.Code, options.Offset, options.PaddedLength, Convert.ToHexString(options.Value)));
        return all;
    }
}
