using Wiretrue.Devices;

namespace Wiretrue.Tests.Devices;

public sealed class FeatureSwitchTests
{
    [Theory]
    [InlineData("tx-checksum-ip-generic off", DeviceFeatures.ChecksumGeneric, false)]
    [InlineData("  rx-gro on ", DeviceFeatures.GenericReceive, true)]
    [InlineData("sg off", DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList, false)]
    [InlineData("rx-lro rx-fcs on", DeviceFeatures.LargeReceive | DeviceFeatures.ReceiveFcs, true)]
    public void Names_and_a_state_are_read(string text, DeviceFeatures features, bool on)
    {
        Assert.True(FeatureSwitch.TryParse(text, out FeatureSwitch result, out string? unknown));
        Assert.Equal(new FeatureSwitch(features, on), result);
        Assert.Null(unknown);
        Assert.True(FeatureSwitch.TryParse(result.ToString(), out FeatureSwitch again, out _));
        Assert.Equal(result, again);
    }

    [Theory]
    [InlineData("tx-checksum-ip-generic", "tx-checksum-ip-generic")]
    [InlineData("tx-checksum-ip-generic of", "of")]
    [InlineData("tx-cheksum off", "tx-cheksum")]
    [InlineData("off", "off")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void The_word_that_is_wrong_is_named(string? text, string expected)
    {
        Assert.False(FeatureSwitch.TryParse(text, out FeatureSwitch result, out string? unknown));
        Assert.Equal(expected, unknown);
        Assert.Equal(default, result);
    }
}
