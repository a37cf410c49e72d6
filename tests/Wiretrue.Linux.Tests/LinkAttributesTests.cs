namespace Wiretrue.Linux.Tests;

public sealed class LinkAttributesTests
{
    [Fact]
    public void The_loopback_has_a_name_a_number_and_limits()
    {
        LinkAttributes lo = LinkAttributes.Read("lo");
        Assert.Equal("lo", lo.Name);
        Assert.True(lo.IsLoopback);
        Assert.Equal(1, lo.Index);
        Assert.True(lo.Mtu >= 65536, $"{lo.Mtu}");
        Assert.InRange(lo.GsoMaxSize, 65536, 524280);
    }

    [Fact]
    public void All_are_listed_and_the_loopback_is_first()
    {
        IReadOnlyList<LinkAttributes> all = LinkAttributes.ReadAll();
        Assert.Equal(LinkAttributes.Read("lo"), all[0]);
        Assert.Equal(all.Count, all.Select(link => link.Name).Distinct().Count());
        Assert.All(all, link => Assert.NotEqual(0, link.Mtu));
    }

    [Theory]
    [InlineData("no-such-device")]
    [InlineData("a-name-that-no-device-can-have")]
    [InlineData("")]
    public void A_device_that_is_not_there_is_named(string name)
    {
        var thrown = Assert.Throws<DeviceAccessException>(() => LinkAttributes.Read(name));
        Assert.Equal(DeviceAccessFault.NotFound, thrown.Fault);
        Assert.Equal(name, thrown.Device);
    }
}
