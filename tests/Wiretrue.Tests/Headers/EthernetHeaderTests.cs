using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class EthernetHeaderTests
{
    [Fact]
    public void The_fields_of_a_real_frame_are_where_the_standard_says()
    {
        Assert.True(EthernetHeader.TryCreate(RealBytes.TcpSynIPv6, out EthernetHeader ethernet));
        Assert.Equal([2, 0, 0, 0, 0, 2], ethernet.Destination.ToArray());
        Assert.Equal([2, 0, 0, 0, 0, 1], ethernet.Source.ToArray());
        Assert.Equal(EtherType.IPv6, ethernet.EtherType);
    }

    [Fact]
    public void Setting_the_type_leaves_the_addresses_alone()
    {
        byte[] frame = [.. RealBytes.TcpSynIPv4];
        EthernetHeader.SetEtherType(frame, EtherType.Vlan);
        Assert.Equal([.. RealBytes.TcpSynIPv4[..12], 0x81, 0x00, .. RealBytes.TcpSynIPv4[14..]], frame);
    }

    [Fact]
    public void Thirteen_bytes_are_no_header() => Assert.False(EthernetHeader.TryCreate(new byte[13], out _));
}
