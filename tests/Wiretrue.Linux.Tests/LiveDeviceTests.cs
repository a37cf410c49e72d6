using Wiretrue.Devices;
using Wiretrue.Packets;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Linux.Tests;

public sealed class LiveDeviceTests
{
    private static readonly LinkAttributes Card = new() { Name = "eth0", Mtu = 9000, GsoMaxSize = 100_000, GsoMaxSegments = 50, ParentBus = "pci" };

    [Fact]
    public void Limits_and_features_are_those_that_were_read()
    {
        NetDevice device = LiveDevice.Create(Card with { GroMaxSize = 200_000, NeededHeadroom = 24, NeededTailroom = 4 }, States(on: ChecksumGeneric | ScatterGather));
        Assert.Equal("eth0", device.Name);
        Assert.Equal(9000, device.Mtu);
        Assert.Equal(100_000, device.GsoMaxSize);
        Assert.Equal(65536, device.GsoIPv4MaxSize);
        Assert.Equal(80_000, LiveDevice.Create(Card with { GsoIPv4MaxSize = 80_000 }, []).GsoIPv4MaxSize);
        Assert.Equal(50, device.GsoMaxSegments);
        Assert.Equal(200_000, device.GroMaxSize);
        Assert.Equal((24, 4), (device.NeededHeadroom, device.NeededTailroom));
        Assert.Equal(ChecksumGeneric | ScatterGather, device.Features);
        Assert.Equal(ChecksumGeneric | ScatterGather, device.HardwareFeatures);
        Assert.False(device.ReceivesOwed);
    }

    [Fact]
    public void What_is_fixed_stays_as_it_is()
    {
        NetDevice device = LiveDevice.Create(Card, [.. States(on: ScatterGather), new("highdma", HighDma, Active: true, Requested: false, Fixed: true)]);
        Assert.Equal(FeatureRelation.Fixed, Assert.Single(device.Switch(HighDma, on: false)).Relation);
        Assert.Equal(ScatterGather | HighDma, device.Features);
    }

    [Fact]
    public void What_a_rule_keeps_off_stays_wanted()
    {
        FeatureState vain = new("tx-tcp-segmentation", TcpSegmentation, Active: false, Requested: true, Fixed: false);
        NetDevice device = LiveDevice.Create(Card, [.. States(on: ChecksumGeneric), vain]);
        Assert.Equal(ChecksumGeneric, device.Features);
        Assert.Equal(TcpSegmentation, Assert.Single(device.UnmetFeatures).Features);
    }

    [Fact]
    public void What_a_driver_keeps_off_is_off()
    {
        FeatureState refused = new("tx-tcp-segmentation", TcpSegmentation, Active: false, Requested: true, Fixed: false);
        NetDevice device = LiveDevice.Create(Card, [.. States(on: ChecksumGeneric | ScatterGather), refused]);
        Assert.Equal(ChecksumGeneric | ScatterGather, device.Features);
    }

    [Theory]
    [InlineData("veth", "", true)]
    [InlineData("tun", "", true)]
    [InlineData("bridge", "", true)]
    [InlineData("", "virtio", true)]
    [InlineData("bond", "", false)]
    [InlineData("dummy", "", false)]
    [InlineData("", "pci", false)]
    public void Who_is_on_the_same_host_as_the_sender_receives_what_is_owed(string kind, string bus, bool expected) =>
        Assert.Equal(expected, LiveDevice.Create(Card with { Kind = kind, ParentBus = bus }, States(on: ScatterGather)).ReceivesOwed);

    [Theory]
    [InlineData("veth", "", true)]
    [InlineData("bond", "", true)]
    [InlineData("", "virtio", true)]
    [InlineData("dummy", "", false)]
    [InlineData("", "pci", false)]
    public void Two_tags_take_nothing_from_a_device_that_looks_at_none(string kind, string bus, bool kept)
    {
        const DeviceFeatures Features = ChecksumGeneric | ScatterGather | TcpSegmentation;
        NetDevice device = LiveDevice.Create(Card with { Kind = kind, ParentBus = bus }, States(on: Features));
        using var pool = new PacketPool();
        byte[] frame = new byte[60];
        (frame[12], frame[16], frame[20]) = (0x81, 0x81, 0x08);
        using Packet packet = pool.Rent(frame, default);
        packet.Walk();
        Assert.Equal(kept ? Features : ChecksumGeneric | ScatterGather, device.CheckFeatures(packet, Features));
    }

    [Fact]
    public void Inside_a_tunnel_only_a_device_that_cuts_there_does_more_than_take_parts()
    {
        const DeviceFeatures Always = ScatterGather | PartialSegmentation;
        Assert.Equal(Always, LiveDevice.Create(Card, States(on: ChecksumGeneric | ScatterGather)).EncapsulationFeatures);
        DeviceFeatures all = ChecksumGeneric | ScatterGather | GreSegmentation;
        Assert.Equal(all | Always, LiveDevice.Create(Card, States(on: all | GenericReceive)).EncapsulationFeatures);
    }

    [Fact]
    public void The_loopback_of_this_machine_is_one()
    {
        NetDevice lo = LiveDevice.Read("lo");
        Assert.True(lo.ReceivesOwed);
        Assert.NotEqual(None, lo.Features & Loopback);
        Assert.Equal(lo.Features, EthtoolFeatures.Read("lo").Where(state => state.Active).Aggregate(None, (sum, state) => sum | state.Feature));
    }

    private static FeatureState[] States(DeviceFeatures on) =>
        [.. FeatureNames.Each(on).Select(feature => new FeatureState(FeatureNames.NameOf(feature), feature, Active: true, Requested: true, Fixed: false))];
}
