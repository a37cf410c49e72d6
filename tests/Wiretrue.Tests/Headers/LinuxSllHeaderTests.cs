using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class LinuxSllHeaderTests
{
    [Fact]
    public void The_fields_of_version_1_are_where_the_registry_says()
    {
        byte[] bytes = [0, 4, 3, 4, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x86, 0xDD];
        Assert.True(LinuxSllHeader.TryCreate(bytes, out LinuxSllHeader sll));
        Assert.Equal(4, sll.PacketType);
        Assert.Equal(772, sll.DeviceType);
        Assert.Equal(EtherType.IPv6, sll.EtherType);
        Assert.False(LinuxSllHeader.TryCreate(bytes.AsSpan(1), out _));
    }

    [Fact]
    public void The_fields_of_version_2_are_where_the_registry_says()
    {
        byte[] bytes = [8, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        Assert.True(LinuxSll2Header.TryCreate(bytes, out LinuxSll2Header sll));
        Assert.Equal(EtherType.IPv4, sll.EtherType);
        Assert.Equal(0x010203u, sll.InterfaceIndex);
        Assert.Equal(772, sll.DeviceType);
        Assert.Equal(4, sll.PacketType);
        Assert.False(LinuxSll2Header.TryCreate(bytes.AsSpan(1), out _));
    }

    [Theory]
    [InlineData(0x8100, "LinuxSll 0+16/36 Vlan 16+4/20")]
    [InlineData(0x8864, "LinuxSll 0+16/36 ! Malformed Pppoe")]
    [InlineData(0x0001, "LinuxSll 0+16/36 Payload 16+0/20")]
    [InlineData(0x0004, "LinuxSll 0+16/36 Payload 16+0/20")]
    [InlineData(0x6558, "LinuxSll 0+16/36 Payload 16+0/20")]
    public void The_protocol_is_an_EtherType_or_leads_nowhere(int protocol, string expected)
    {
        byte[] packet = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, (byte)(protocol >> 8), (byte)protocol, .. new byte[20]];
        Assert.Equal(expected, Walks.Describe(packet, LinkType.LinuxSll));
    }

    [Fact]
    public void An_8022_frame_may_hold_SNAP()
    {
        byte[] packet = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0xAA, 0xAA, 3, 0, 0, 0, 8, 6, .. new byte[20]];
        Assert.Equal("LinuxSll Snap", Walks.Kinds(packet, LinkType.LinuxSll));
    }

    [Fact]
    public void A_GRE_device_carries_whole_frames()
    {
        byte[] packet = [0, 4, 3, 10, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x65, 0x58, .. RealBytes.TcpSynIPv4];
        Assert.Equal("LinuxSll Ethernet IPv4 Tcp", Walks.Kinds(packet, LinkType.LinuxSll));
    }
}
