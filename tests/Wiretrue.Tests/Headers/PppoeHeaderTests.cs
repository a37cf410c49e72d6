using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class PppoeHeaderTests
{
    private static readonly byte[] Bytes = [0x11, 0x00, 0x12, 0x34, 0x00, 0x56, 0x00, 0x21];

    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        Assert.True(PppoeHeader.TryCreate(Bytes, out PppoeHeader pppoe));
        Assert.Equal(0x1234, pppoe.SessionId);
        Assert.Equal(0x56, pppoe.Length);
        Assert.Equal(0x21, pppoe.Protocol);
    }

    [Theory]
    [InlineData(0, 0x12)]
    [InlineData(0, 0x21)]
    [InlineData(1, 0x09)]
    public void Discovery_and_other_versions_are_no_session(int at, byte value)
    {
        byte[] bytes = [.. Bytes];
        bytes[at] = value;
        Assert.False(PppoeHeader.TryCreate(bytes, out _));
    }

    [Fact]
    public void Setting_the_length_leaves_the_rest_alone()
    {
        byte[] bytes = [.. Bytes];
        PppoeHeader.SetLength(bytes, 0x0789);
        Assert.Equal([0x11, 0x00, 0x12, 0x34, 0x07, 0x89, 0x00, 0x21], bytes);
    }
}
