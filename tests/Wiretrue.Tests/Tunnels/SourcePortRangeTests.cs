using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class SourcePortRangeTests
{
    [Theory]
    [InlineData(32768, 60999)]
    [InlineData(1, 65535)]
    [InlineData(5000, 5001)]
    [InlineData(5000, 5003)]
    public void Ports_are_from_the_first_up_to_but_not_with_the_last(int first, int last)
    {
        var range = new SourcePortRange((ushort)first, (ushort)last);
        var random = new Random(1);
        var seen = new HashSet<ushort>();
        for (int i = 0; i < 20_000; i++)
        {
            ushort port = range.PortOf((uint)random.NextInt64(1L << 32));
            Assert.InRange(port, first, last - 1);
            seen.Add(port);
        }
        Assert.True(seen.Count > Math.Min(last - first, 10_000) / 2);
        Assert.Equal(first, range.PortOf(0));
        Assert.Equal(last - 1, range.PortOf(0xFFFF0000));
    }

    [Fact]
    public void A_flow_keeps_its_port() => Assert.Equal(SourcePortRange.All.PortOf(0x12345678), SourcePortRange.All.PortOf(0x12345678));

    [Fact]
    public void Lower_bits_count_as_well() => Assert.NotEqual(SourcePortRange.All.PortOf(0x12340000), SourcePortRange.All.PortOf(0x1234F000));

    [Fact]
    public void Nothing_said_is_the_ephemeral_ports()
    {
        for (uint flow = 1; flow != 0x80000000; flow <<= 1)
            Assert.Equal(SourcePortRange.Ephemeral.PortOf(flow), default(SourcePortRange).PortOf(flow));
    }

    [Fact]
    public void One_port_is_every_flows()
    {
        Assert.Equal(4789, SourcePortRange.Only(4789).PortOf(1));
        Assert.Equal(4789, SourcePortRange.Only(4789).PortOf(uint.MaxValue));
        Assert.Equal(500, new SourcePortRange(500, 400).PortOf(99));
    }
}
