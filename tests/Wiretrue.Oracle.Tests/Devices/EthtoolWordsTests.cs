using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Devices;

// lo is one for all, and another class of tests switches its features.
[Collection("lo")]
public sealed class EthtoolWordsTests
{
    [ToolFact("ethtool", "ip", Namespace = true)]
    public void Every_word_that_ethtool_prints_is_known()
    {
        using var pair = new VirtualPair();
        EthtoolListing listing = EthtoolListing.Of(pair.Name);
        Assert.Empty(listing.Unknown);
        Assert.NotEqual(DeviceFeatures.None, listing.Active & DeviceFeatures.ChecksumGeneric);
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void Our_listing_of_a_veth_is_the_one_of_ethtool()
    {
        using var pair = new VirtualPair();
        Assert.Equal(EthtoolListing.Of(pair.Name).Text, FeatureListing.Of(EthtoolListing.Copy(pair.Name)));
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void Our_listing_says_what_was_requested_in_vain_as_ethtool_does()
    {
        using var pair = new VirtualPair();
        NetDevice ours = EthtoolListing.Copy(pair.Name);
        pair.Set(DeviceFeatures.ChecksumGeneric | DeviceFeatures.ScatterGather, on: false);
        ours.Switch(DeviceFeatures.ChecksumGeneric | DeviceFeatures.ScatterGather, on: false);
        string theirs = EthtoolListing.Of(pair.Name).Text;
        Assert.Contains("tx-tcp-segmentation: off [requested on]", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, FeatureListing.Of(ours));
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_model_of_a_veth_has_the_features_of_one()
    {
        using var pair = new VirtualPair();
        AssertSame(EthtoolListing.Of(pair.Name), VirtualPairModel.Create());
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_model_of_lo_has_the_features_of_lo() => AssertSame(EthtoolListing.Of("lo"), LoopbackModel.Create());

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void A_group_is_switched_as_ethtool_switches_it()
    {
        foreach (FeatureGroup group in FeatureGroup.All)
        {
            using var pair = new VirtualPair();
            NetDevice ours = EthtoolListing.Copy(pair.Name);
            ProcessRun.Run("ethtool", "-K", pair.Name, group.ShortName, "off");
            ours.Switch(group.Features, on: false);
            Assert.Equal(EthtoolListing.Of(pair.Name).Text, FeatureListing.Of(ours));
        }
    }

    /// <summary>Without what ethtool does not show: features that became bits of the device, or are gone.</summary>
    private static void AssertSame(EthtoolListing theirs, NetDevice ours)
    {
        const DeviceFeatures Unseen = DeviceFeatures.Lockless | DeviceFeatures.NamespaceLocal;
        Assert.Equal(FeatureNames.Format(theirs.Active), FeatureNames.Format(ours.Features & ~Unseen));
        Assert.Equal(FeatureNames.Format(theirs.Changeable), FeatureNames.Format(ours.HardwareFeatures));
    }
}
