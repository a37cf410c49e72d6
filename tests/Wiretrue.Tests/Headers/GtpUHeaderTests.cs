using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class GtpUHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_specification_says()
    {
        Assert.True(GtpUHeader.TryCreate([0x30, 0xFF, 0x12, 0x34, 1, 2, 3, 4], out GtpUHeader gtp));
        Assert.Equal(0x1234, gtp.Length);
        Assert.Equal(0x01020304u, gtp.TunnelEndpoint);
        Assert.Equal(8, gtp.HeaderLength);
    }

    [Theory]
    [InlineData(0x31)]
    [InlineData(0x32)]
    [InlineData(0x33)]
    public void Any_optional_field_brings_them_all(byte flags)
    {
        Assert.True(GtpUHeader.TryCreate([flags, 0xFF, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0], out GtpUHeader gtp));
        Assert.Equal(12, gtp.HeaderLength);
    }

    [Fact]
    public void Extension_headers_are_followed_to_their_end()
    {
        byte[] bytes = [0x34, 0xFF, 0, 40, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0x40, 2, 0, 0, 0, 0, 0, 0, 0, 0x45];
        Assert.True(GtpUHeader.TryCreate(bytes, out GtpUHeader gtp));
        Assert.Equal(24, gtp.HeaderLength);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0xFF, 0, 8, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0x20, 0xFF, 0, 8, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0x30, 0x01, 0, 8, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0x34, 0xFF, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0x85, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x34, 0xFF, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0x85, 2, 0, 0, 0 })]
    [InlineData(new byte[] { 0x34, 0xFF, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0 })]
    public void Other_versions_other_messages_and_extensions_without_end_are_refused(byte[] bytes) =>
        Assert.False(GtpUHeader.TryCreate(bytes, out _));

    [Fact]
    public void A_chain_of_extensions_has_a_bound()
    {
        IEnumerable<byte> extensions = Enumerable.Repeat<byte[]>([1, 0, 0, 0x85], 5000).SelectMany(extension => extension);
        byte[] bytes = [0x34, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 0, 0, 0, 0x85, .. extensions];
        bytes[^1] = 0;
        Assert.False(GtpUHeader.TryCreate(bytes, out _));
    }
}
