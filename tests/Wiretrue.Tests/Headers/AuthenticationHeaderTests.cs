using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class AuthenticationHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        byte[] bytes = [6, 4, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, .. new byte[12]];
        Assert.True(AuthenticationHeader.TryCreate(bytes, out AuthenticationHeader header));
        Assert.Equal(IPProtocol.Tcp, header.NextHeader);
        Assert.Equal(24, header.HeaderLength);
        Assert.Equal(0x01020304u, header.SecurityParametersIndex);
        Assert.Equal(0x05060708u, header.Sequence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_length_below_the_fixed_part_or_past_the_bytes_is_refused(byte length) =>
        Assert.False(AuthenticationHeader.TryCreate([6, length, .. new byte[22]], out _));

    [Fact]
    public void A_length_below_the_fixed_part_ends_the_walk() => Assert.Equal(
        "IPv4 0+20/44 ! Malformed AuthenticationHeader",
        Walks.Describe(new IPv4Fields().Wrap(51, [6, 0, .. new byte[22]]), LinkType.Raw));
}
