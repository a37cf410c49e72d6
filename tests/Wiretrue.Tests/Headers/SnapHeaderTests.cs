using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class SnapHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        Assert.True(SnapHeader.TryCreate([0xAA, 0xAA, 0x03, 0x01, 0x02, 0x03, 0x86, 0xDD], out SnapHeader snap));
        Assert.Equal(0x010203, snap.OrganizationCode);
        Assert.Equal(EtherType.IPv6, snap.EtherType);
        Assert.False(snap.HasEtherType);
    }

    [Theory]
    [InlineData(0x00, true)]
    [InlineData(0xF8, true)]
    [InlineData(0x0C, false)]
    public void Only_two_organisations_use_EtherTypes(byte organization, bool hasEtherType)
    {
        SnapHeader.TryCreate([0xAA, 0xAA, 0x03, 0, 0, organization, 0x08, 0x00], out SnapHeader snap);
        Assert.Equal(hasEtherType, snap.HasEtherType);
    }

    [Theory]
    [InlineData(0, 0xAB)]
    [InlineData(1, 0xAB)]
    [InlineData(2, 0x7F)]
    public void Another_LLC_service_is_not_SNAP(int at, byte value)
    {
        byte[] bytes = [0xAA, 0xAA, 0x03, 0, 0, 0, 8, 0];
        bytes[at] = value;
        Assert.False(SnapHeader.TryCreate(bytes, out _));
    }
}
