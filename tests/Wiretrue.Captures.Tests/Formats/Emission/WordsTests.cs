using Wiretrue.Captures.Formats.Emission;

namespace Wiretrue.Captures.Tests.Formats.Emission;

public sealed class WordsTests
{
    [Fact]
    public void Numbers_stand_in_the_byte_order_that_was_asked_for()
    {
        byte[] bytes = new byte[8];
        bytes.AsSpan().Fill(0xA5);
        new Words(bigEndian: true).PutHalf(bytes, 0x0102);
        Assert.Equal("0102A5A5A5A5A5A5", Convert.ToHexString(bytes));
        new Words(bigEndian: false).PutHalf(bytes, 0x0102);
        Assert.Equal("0201A5A5A5A5A5A5", Convert.ToHexString(bytes));
        new Words(bigEndian: true).PutWord(bytes, 0x01020304);
        Assert.Equal("01020304A5A5A5A5", Convert.ToHexString(bytes));
        new Words(bigEndian: false).PutWord(bytes, 0x01020304);
        Assert.Equal("04030201A5A5A5A5", Convert.ToHexString(bytes));
        new Words(bigEndian: true).PutLong(bytes, 0x0102030405060708);
        Assert.Equal("0102030405060708", Convert.ToHexString(bytes));
        new Words(bigEndian: false).PutLong(bytes, 0x0102030405060708);
        Assert.Equal("0807060504030201", Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_put_is_read_again(bool bigEndian)
    {
        Words words = new(bigEndian);
        Random random = new(2);
        byte[] bytes = new byte[8];
        for (int i = 0; i < 1000; i++)
        {
            ulong value = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            words.PutLong(bytes, value);
            Assert.Equal(value, words.Long(bytes));
            words.PutWord(bytes, (uint)value);
            Assert.Equal((uint)value, words.Word(bytes));
        }
    }
}
