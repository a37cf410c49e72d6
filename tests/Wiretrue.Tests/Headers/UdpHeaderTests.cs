using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class UdpHeaderTests
{
    [Fact]
    public void The_fields_of_a_real_datagram_are_where_the_RFC_says()
    {
        Assert.True(UdpHeader.TryCreate(RealBytes.VxlanTcpSyn.AsSpan(34), out UdpHeader udp));
        Assert.Equal(0xC221, udp.SourcePort);
        Assert.Equal(4789, udp.DestinationPort);
        Assert.Equal(90, udp.Length);
        Assert.Equal(0xA2F5, udp.Checksum);
    }

    [Fact]
    public void Setters_write_the_field_and_nothing_else()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        UdpHeader.SetLength(bytes, 0x1122);
        UdpHeader.SetChecksum(bytes, 0x3344);
        Assert.Equal([1, 2, 3, 4, 0x11, 0x22, 0x33, 0x44], bytes);
    }

    [Fact]
    public void UDP_Lite_has_the_coverage_in_the_place_of_the_length()
    {
        Assert.True(UdpLiteHeader.TryCreate([1, 2, 3, 4, 5, 6, 7, 8], out UdpLiteHeader udp));
        Assert.Equal(0x0102, udp.SourcePort);
        Assert.Equal(0x0304, udp.DestinationPort);
        Assert.Equal(0x0506, udp.Coverage);
        Assert.Equal(0x0708, udp.Checksum);
    }
}
