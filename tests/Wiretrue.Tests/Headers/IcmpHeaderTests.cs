using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class IcmpHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        Assert.True(IcmpHeader.TryCreate([3, 4, 0x12, 0x34], out IcmpHeader icmp));
        Assert.Equal(3, icmp.Type);
        Assert.Equal(4, icmp.Code);
        Assert.Equal(0x1234, icmp.Checksum);
    }

    [Fact]
    public void Headers_that_an_error_quotes_are_not_looked_into()
    {
        byte[] quoted = Frames.Tcp(new IPv4Fields(), new TcpFields(), [])[..28];
        Assert.Equal(
            "IPv4 0+20/56 Icmp 20+4/36 Payload 24+0/32",
            Walks.Describe(new IPv4Fields().Wrap(1, [3, 4, 0, 0, 0, 0, 5, 0, .. quoted]), LinkType.Raw));
    }
}
