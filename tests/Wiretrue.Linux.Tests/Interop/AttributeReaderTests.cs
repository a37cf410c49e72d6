using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux.Tests.Interop;

public sealed class AttributeReaderTests
{
    [Fact]
    public void Attributes_are_read_one_after_the_other_padding_left_out()
    {
        var reader = new AttributeReader(Messages.Attributes(
            Messages.Attribute(3, "lo\0"u8), Messages.Attribute(4, [0x78, 0x56, 0x34, 0x12]), Messages.Attribute(68, [0x10, 0x00])));
        Assert.True(reader.Next());
        Assert.Equal(3, reader.Type);
        Assert.Equal("lo", reader.Text);
        Assert.True(reader.Next());
        Assert.Equal(4, reader.Type);
        Assert.Equal(0x12345678, reader.Int32);
        Assert.True(reader.Next());
        Assert.Equal(16, reader.Int16);
        Assert.False(reader.Next());
    }

    [Fact]
    public void The_bits_that_say_how_are_no_part_of_the_number()
    {
        var reader = new AttributeReader(Messages.Attribute(0x8000 | 18, [1]));
        Assert.True(reader.Next());
        Assert.Equal(18, reader.Type);
    }

    [Fact]
    public void A_number_larger_than_an_int_is_the_largest_int()
    {
        var reader = new AttributeReader(Messages.Attribute(41, [0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.True(reader.Next());
        Assert.Equal(int.MaxValue, reader.Int32);
    }

    [Fact]
    public void A_value_too_short_for_a_number_is_0()
    {
        var reader = new AttributeReader(Messages.Attribute(41, [7]));
        Assert.True(reader.Next());
        Assert.Equal(0, reader.Int32);
        Assert.Equal(0, reader.Int16);
    }

    [Fact]
    public void Text_without_a_zero_ends_where_the_value_ends()
    {
        var reader = new AttributeReader(Messages.Attribute(3, "eth0"u8));
        Assert.True(reader.Next());
        Assert.Equal("eth0", reader.Text);
    }

    [Fact]
    public void An_answer_cut_anywhere_ends_the_reading()
    {
        byte[] whole = Messages.Attributes(Messages.Attribute(3, "veth0\0"u8), Messages.Attribute(4, [1, 2, 3, 4]));
        for (int length = 0; length < whole.Length; length++)
        {
            var reader = new AttributeReader(whole.AsSpan(0, length));
            int count = 0;
            while (reader.Next())
                count++;
            Assert.True(count <= 1, $"{length}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(200)]
    public void A_length_that_cannot_be_ends_the_reading(byte length)
    {
        byte[] attribute = Messages.Attribute(3, "lo\0"u8);
        attribute[0] = length;
        var reader = new AttributeReader(attribute);
        Assert.False(reader.Next());
    }
}
