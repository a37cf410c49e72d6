using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class NshHeaderTests
{
    private static readonly byte[] Type1 = [0x0F, 0xC6, 1, 3, 0, 1, 2, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        Assert.True(NshHeader.TryCreate([.. Type1, 99], out NshHeader nsh));
        Assert.Equal(24, nsh.HeaderLength);
        Assert.Equal(63, nsh.TimeToLive);
        Assert.False(nsh.IsControl);
        Assert.Equal(1, nsh.MetadataType);
        Assert.Equal(3, nsh.NextProtocol);
        Assert.Equal(0x000102, nsh.ServicePath);
        Assert.Equal(255, nsh.ServiceIndex);
        Assert.Equal(Enumerable.Range(1, 16).Select(i => (byte)i), nsh.Context.ToArray());
    }

    [Fact]
    public void The_variable_context_may_be_empty()
    {
        Assert.True(NshHeader.TryCreate([0x20, 0x42, 2, 1, 0, 0, 7, 1], out NshHeader nsh));
        Assert.Equal(8, nsh.HeaderLength);
        Assert.True(nsh.IsControl);
        Assert.Equal(1, nsh.TimeToLive);
        Assert.True(nsh.Context.IsEmpty);
    }

    [Theory]
    [InlineData(0, 0x4F)]
    [InlineData(1, 0xC5)]
    [InlineData(1, 0xC7)]
    [InlineData(1, 0xC1)]
    public void Another_version_or_a_length_that_cannot_be_is_refused(int at, byte value)
    {
        byte[] bytes = [.. Type1, 0, 0, 0, 0];
        bytes[at] = value;
        Assert.False(NshHeader.TryCreate(bytes, out _));
    }
}
