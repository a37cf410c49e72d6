using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class GeneveHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        byte[] bytes = [0x02, 0xC0, 0x65, 0x58, 1, 2, 3, 0, 9, 9, 9, 9, 8, 8, 8, 8, 7];
        Assert.True(GeneveHeader.TryCreate(bytes, out GeneveHeader geneve));
        Assert.Equal(16, geneve.HeaderLength);
        Assert.True(geneve.IsControl);
        Assert.True(geneve.HasCriticalOptions);
        Assert.Equal(EtherType.TransparentEthernetBridging, geneve.EtherType);
        Assert.Equal(0x010203, geneve.NetworkIdentifier);
        Assert.Equal([9, 9, 9, 9, 8, 8, 8, 8], geneve.Options.ToArray());
    }

    [Theory]
    [InlineData(0, 0x42)]
    [InlineData(1, 0x01)]
    [InlineData(7, 0x01)]
    [InlineData(0, 0x03)]
    public void Another_version_a_reserved_bit_or_options_past_the_end_are_refused(int at, byte value)
    {
        byte[] bytes = [0x02, 0, 0x65, 0x58, 1, 2, 3, 0, 9, 9, 9, 9, 8, 8, 8, 8];
        bytes[at] = value;
        Assert.False(GeneveHeader.TryCreate(bytes, out _));
    }
}
