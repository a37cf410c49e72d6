using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class ErspanHeaderTests
{
    [Fact]
    public void The_fields_of_type_II_are_where_the_draft_says()
    {
        Assert.True(ErspanHeader.TryCreate([0x11, 0x23, 0x5A, 0x45, 0, 0, 0, 1], out ErspanHeader erspan));
        Assert.Equal(1, erspan.Version);
        Assert.Equal(0x123, erspan.VlanId);
        Assert.Equal(0x245, erspan.SessionId);
        Assert.Equal(8, erspan.HeaderLength);
        Assert.Equal(0, erspan.FrameType);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(1, 20)]
    public void Type_III_may_have_a_platform_header(byte last, int length)
    {
        byte[] bytes = [0x20, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0x08, last, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.True(ErspanHeader.TryCreate(bytes, out ErspanHeader erspan));
        Assert.Equal(2, erspan.Version);
        Assert.Equal(2, erspan.FrameType);
        Assert.Equal(length, erspan.HeaderLength);
        Assert.False(ErspanHeader.TryCreate(bytes.AsSpan(0, length - 1), out _));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x30)]
    public void Other_versions_are_refused(byte first)
    {
        byte[] bytes = new byte[20];
        bytes[0] = first;
        Assert.False(ErspanHeader.TryCreate(bytes, out _));
    }
}
