using Wiretrue.Devices;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Devices;

public sealed class FeatureLineTests
{
    private static readonly FeatureState Generic = new("tx-checksum-ip-generic", ChecksumGeneric, Active: true, Requested: true, Fixed: false);
    private static readonly FeatureState Sctp = new("tx-checksum-sctp", ChecksumSctp, Active: false, Requested: false, Fixed: true);
    private static readonly FeatureState Merge = new("rx-gro", GenericReceive, Active: false, Requested: true, Fixed: false);
    private static readonly FeatureState Later = new("tx-of-a-later-kernel", None, Active: true, Requested: false, Fixed: true);

    [Fact]
    public void A_group_is_on_when_a_member_is()
    {
        Assert.Equal(
            [
                new FeatureLine("tx-checksumming", IsMember: false, Active: true, Fixed: null, Requested: null),
                new FeatureLine("tx-checksum-ip-generic", IsMember: true, Active: true, Fixed: false, Requested: true),
                new FeatureLine("tx-checksum-sctp", IsMember: true, Active: false, Fixed: true, Requested: false),
            ],
            FeatureLine.AllOf([Generic, Sctp]));
        Assert.False(FeatureLine.AllOf([Sctp]).First().Active);
    }

    [Fact]
    public void A_feature_that_is_a_group_has_the_name_of_the_group() =>
        Assert.Equal([new FeatureLine("generic-receive-offload", IsMember: false, Active: false, Fixed: false, Requested: true)], FeatureLine.AllOf([Merge]));

    [Fact]
    public void A_word_that_is_not_known_keeps_its_place_among_the_rest()
    {
        FeatureState reach = new("highdma", HighDma, Active: true, Requested: false, Fixed: true);
        Assert.Equal(["generic-receive-offload", "tx-of-a-later-kernel", "highdma"], FeatureLine.AllOf([Later, reach, Merge]).Select(line => line.Name));
    }

    [Fact]
    public void A_listing_shows_words_that_are_not_known_as_they_are() =>
        Assert.Equal(
            "Features for eth0:\ngeneric-receive-offload: off [requested on]\ntx-of-a-later-kernel: on [fixed]\n",
            FeatureListing.Of("eth0", [Later, Merge]));

    [Theory]
    [InlineData("tx-udp-segmentation", UdpSegmentation)]
    [InlineData("rx-gro", GenericReceive)]
    [InlineData("gro", None)]
    [InlineData("tx-checksumming", None)]
    [InlineData("none", None)]
    [InlineData("", None)]
    public void A_word_of_the_kernel_is_found_and_one_of_ethtool_is_not(string word, DeviceFeatures expected) =>
        Assert.Equal(expected, FeatureNames.Find(word));
}
