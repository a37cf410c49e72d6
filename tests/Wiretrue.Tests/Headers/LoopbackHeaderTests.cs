using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class LoopbackHeaderTests
{
    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0 }, 2u)]
    [InlineData(new byte[] { 0, 0, 0, 2 }, 2u)]
    [InlineData(new byte[] { 30, 0, 0, 0 }, 30u)]
    [InlineData(new byte[] { 0, 0, 0, 30 }, 30u)]
    public void The_byte_order_shows_in_the_number(byte[] bytes, uint family)
    {
        Assert.True(LoopbackHeader.TryCreate(bytes, out LoopbackHeader loopback));
        Assert.Equal(family, loopback.AddressFamily);
    }

    [Fact]
    public void Three_bytes_are_no_header() => Assert.False(LoopbackHeader.TryCreate([2, 0, 0], out _));

    [Fact]
    public void An_unknown_family_is_payload() =>
        Assert.Equal("Loopback 0+4/24 Payload 4+0/20", Walks.Describe([7, 0, 0, 0, .. new byte[20]], LinkType.Null));
}
