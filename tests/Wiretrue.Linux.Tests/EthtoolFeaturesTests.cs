using Wiretrue.Devices;
using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux.Tests;

public sealed class EthtoolFeaturesTests
{
    [Fact]
    public void Each_name_has_the_bits_of_its_place()
    {
        string[] names = [.. Enumerable.Repeat("", 40)];
        names[0] = "tx-scatter-gather";
        names[3] = "tx-made-up-by-a-later-kernel";
        names[33] = "tx-udp-segmentation";
        EthtoolFeatureBlock[] blocks =
        [
            new() { Available = 1, Requested = 1, Active = 0b1001, NeverChanged = 0 },
            new() { Available = 0b10, Requested = 0b10, Active = 0, NeverChanged = 0b10 },
        ];
        Assert.Equal(
            [
                new FeatureState("tx-scatter-gather", DeviceFeatures.ScatterGather, Active: true, Requested: true, Fixed: false),
                new FeatureState("tx-made-up-by-a-later-kernel", DeviceFeatures.None, Active: true, Requested: false, Fixed: true),
                new FeatureState("tx-udp-segmentation", DeviceFeatures.UdpSegmentation, Active: false, Requested: true, Fixed: true),
            ],
            EthtoolFeatures.StatesOf(names, blocks));
    }

    [Fact]
    public void A_name_beyond_the_bits_is_left_out() =>
        Assert.Equal(32, EthtoolFeatures.StatesOf([.. Enumerable.Repeat("highdma", 33)], [default]).Count);

    [Fact]
    public void The_loopback_is_what_it_is_everywhere()
    {
        IReadOnlyList<FeatureState> states = EthtoolFeatures.Read("lo");
        FeatureState loopback = states.Single(state => state.Feature == DeviceFeatures.Loopback);
        Assert.True(loopback is { Name: "loopback", Active: true, Fixed: true });
        Assert.Contains(states, state => state.Feature == DeviceFeatures.GenericSegmentation && !state.Fixed);
    }

    [Theory]
    [InlineData("no-such-device")]
    [InlineData("a-name-that-no-device-can-have")]
    [InlineData("")]
    public void A_device_that_is_not_there_is_named(string name)
    {
        var thrown = Assert.Throws<DeviceAccessException>(() => EthtoolFeatures.Read(name));
        Assert.Equal(DeviceAccessFault.NotFound, thrown.Fault);
        Assert.Equal($"{name}: no such network device here", thrown.Message);
    }
}
