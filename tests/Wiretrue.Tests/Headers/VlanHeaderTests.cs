using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class VlanHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_standard_says()
    {
        Assert.True(VlanHeader.TryCreate([0xB1, 0x23, 0x08, 0x00], out VlanHeader vlan));
        Assert.Equal(0xB123, vlan.ControlInformation);
        Assert.Equal(0x123, vlan.VlanId);
        Assert.Equal(5, vlan.Priority);
        Assert.True(vlan.IsDropEligible);
        Assert.Equal(EtherType.IPv4, vlan.EtherType);
    }

    [Fact]
    public void Three_bytes_are_no_tag() => Assert.False(VlanHeader.TryCreate([0, 1, 8], out _));
}
