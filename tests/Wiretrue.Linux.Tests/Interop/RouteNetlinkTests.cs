using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux.Tests.Interop;

public sealed class RouteNetlinkTests
{
    private static readonly byte[] Veth = Messages.Message(
        NetlinkHeader.NewLink,
        Messages.Link(7, hardware: 1),
        Messages.Attribute((ushort)LinkAttribute.Name, "veth0\0"u8),
        Messages.Attribute(LinkAttribute.Mtu, 1500),
        Messages.Attribute(LinkAttribute.GsoMaxSize, 65536),
        Messages.Attribute(LinkAttribute.GsoMaxSegments, 65535),
        Messages.Attribute(LinkAttribute.GroMaxSize, 185000),
        Messages.Attribute(LinkAttribute.GsoIPv4MaxSize, 60000),
        Messages.Attribute(LinkAttribute.GroIPv4MaxSize, 50000),
        Messages.Attribute(LinkAttribute.TsoMaxSize, 524280),
        Messages.Attribute(LinkAttribute.TsoMaxSegments, 64),
        Messages.Attribute((ushort)LinkAttribute.NeededHeadroom, [16, 0]),
        Messages.Attribute((ushort)LinkAttribute.NeededTailroom, [8, 0]),
        Messages.Attribute((ushort)LinkAttribute.Info, Messages.Attributes(Messages.Attribute(1, "veth\0"u8), Messages.Attribute(2, [9]))));

    private static readonly byte[] Done = Messages.Message(NetlinkHeader.Done, [0, 0, 0, 0]);

    private readonly List<LinkAttributes> _links = [];

    [Fact]
    public void Every_attribute_of_a_link_is_read()
    {
        Assert.False(RouteNetlink.Read(Veth, _links, "veth0", single: true));
        Assert.Equal(
            new LinkAttributes
            {
                Name = "veth0",
                Index = 7,
                HardwareType = 1,
                Kind = "veth",
                Mtu = 1500,
                GsoMaxSize = 65536,
                GsoIPv4MaxSize = 60000,
                GsoMaxSegments = 65535,
                GroMaxSize = 185000,
                GroIPv4MaxSize = 50000,
                TsoMaxSize = 524280,
                TsoMaxSegments = 64,
                NeededHeadroom = 16,
                NeededTailroom = 8,
            },
            Assert.Single(_links));
    }

    [Fact]
    public void A_dump_goes_on_until_it_says_that_it_is_done()
    {
        Assert.True(RouteNetlink.Read([.. Veth, .. Veth], _links, "rtnetlink", single: false));
        Assert.False(RouteNetlink.Read([.. Veth, .. Done], _links, "rtnetlink", single: false));
        Assert.Equal(3, _links.Count);
    }

    [Fact]
    public void An_unknown_message_is_passed_over()
    {
        Assert.False(RouteNetlink.Read([.. Messages.Message(1, [1, 2, 3, 4]), .. Veth], _links, "veth0", single: true));
        Assert.Single(_links);
    }

    [Theory]
    [InlineData(-19, DeviceAccessFault.NotFound)]
    [InlineData(-1, DeviceAccessFault.PermissionDenied)]
    [InlineData(-95, DeviceAccessFault.Unsupported)]
    [InlineData(-105, DeviceAccessFault.Other)]
    public void An_error_is_thrown_as_what_it_means(int error, DeviceAccessFault expected)
    {
        byte[] message = Messages.Message(NetlinkHeader.Error, LittleEndian(error));
        var thrown = Assert.Throws<DeviceAccessException>(() => RouteNetlink.Read(message, _links, "eth9", single: true));
        Assert.Equal(expected, thrown.Fault);
        Assert.Equal("eth9", thrown.Device);
        Assert.StartsWith("eth9: ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_0_is_none() => Assert.False(RouteNetlink.Read(Messages.Message(NetlinkHeader.Error, [0, 0, 0, 0]), _links, "lo", single: true));

    [Fact]
    public void An_answer_that_says_more_than_there_is_is_refused()
    {
        var thrown = Assert.Throws<DeviceAccessException>(() => RouteNetlink.Read(Veth.AsSpan(0, Veth.Length - 4), _links, "veth0", single: true));
        Assert.Equal(DeviceAccessFault.Other, thrown.Fault);
    }

    [Fact]
    public void A_link_too_short_to_be_one_is_none()
    {
        Assert.False(RouteNetlink.Read(Messages.Message(NetlinkHeader.NewLink, [1, 2, 3, 4]), _links, "lo", single: true));
        Assert.Empty(_links);
    }

    private static byte[] LittleEndian(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
