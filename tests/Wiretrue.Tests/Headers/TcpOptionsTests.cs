using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class TcpOptionsTests
{
    [Fact]
    public void No_options_are_none() => Assert.Equal(TcpOptions.None, TcpOptions.Parse([]));

    [Fact]
    public void Padding_is_passed_over() =>
        Assert.Equal(1460, TcpOptions.Parse([1, 1, 1, 2, 4, 0x05, 0xB4, 0]).MaximumSegmentSize);

    [Fact]
    public void The_end_of_options_ends_them() =>
        Assert.Equal(0, TcpOptions.Parse([0, 2, 4, 0x05, 0xB4]).MaximumSegmentSize);

    [Theory]
    [InlineData(new byte[] { 2, 0, 5, 0xB4 })]
    [InlineData(new byte[] { 2, 1, 5, 0xB4 })]
    [InlineData(new byte[] { 2, 5, 5, 0xB4 })]
    [InlineData(new byte[] { 2 })]
    [InlineData(new byte[] { 99, 200, 2, 4, 5, 0xB4 })]
    public void An_impossible_length_ends_the_reading(byte[] options) => Assert.Equal(TcpOptions.None, TcpOptions.Parse(options));

    [Fact]
    public void An_option_of_the_wrong_length_is_not_believed() =>
        Assert.Equal(TcpOptions.None, TcpOptions.Parse([2, 3, 5, 3, 4, 7, 7, 8, 3, 1, 4, 3, 0]));

    [Fact]
    public void Unknown_options_are_passed_over()
    {
        TcpOptions options = TcpOptions.Parse([254, 4, 0xF9, 0x89, 3, 3, 7, 30, 4, 1, 2, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]);
        Assert.Equal(new TcpOptions(0, 7, true, true, 1, 2), options);
    }

    [Fact]
    public void Any_bytes_are_read_without_harm()
    {
        var random = new Random(6);
        byte[] bytes = new byte[40];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            ReadOnlySpan<byte> options = bytes.AsSpan(0, random.Next(41));
            int total = 0;
            var reader = new TcpOptionReader(options);
            while (reader.MoveNext())
                total += 2 + reader.Data.Length;
            Assert.True(total <= options.Length);
        }
    }
}
