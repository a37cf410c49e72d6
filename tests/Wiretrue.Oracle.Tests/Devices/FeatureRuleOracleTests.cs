using Wiretrue.Devices;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>The rules between features against the running kernel's, on a veth, which can do all that software can.</summary>
public sealed class FeatureRuleOracleTests
{
    /// <summary>All that a rule speaks of and that a veth can switch; 2⁸ sets of them are wanted in turn.</summary>
    private static readonly DeviceFeatures[] Switched =
    [
        DeviceFeatures.ScatterGather, DeviceFeatures.ChecksumGeneric, DeviceFeatures.TcpSegmentation, DeviceFeatures.Tcp6Segmentation,
        DeviceFeatures.TcpEcnSegmentation, DeviceFeatures.TcpMangleIdSegmentation, DeviceFeatures.GenericSegmentation,
        DeviceFeatures.UdpSegmentation,
    ];

    /// <summary>No device of a plain kernel switches these; a unit test shows each rule on models.</summary>
    private const DeviceFeatures OutOfReach = DeviceFeatures.NoChecksum | DeviceFeatures.ChecksumIPv4 | DeviceFeatures.ChecksumIPv6
        | DeviceFeatures.UdpFragmentation | DeviceFeatures.GenericReceiveHardware | DeviceFeatures.LargeReceive | DeviceFeatures.ReceiveFcs
        | DeviceFeatures.TlsTransmit | DeviceFeatures.TlsReceive;

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void Every_set_that_can_be_wanted_comes_to_what_the_kernel_makes_of_it()
    {
        using var pair = new VirtualPair();
        NetDevice ours = VirtualPair.Copy(pair.Name);
        DeviceFeatures all = Switched.Aggregate((a, b) => a | b);
        Assert.Equal(all, ours.HardwareFeatures & all);
        int different = 0;
        for (int set = 0; set < 1 << Switched.Length; set++)
        {
            DeviceFeatures wanted = Pick(set), before = ours.WantedFeatures & all;
            pair.Set(before & ~wanted, on: false);
            pair.Set(wanted & ~before, on: true);
            ours.WantedFeatures = (ours.WantedFeatures & ~all) | wanted;
            EthtoolListing theirs = EthtoolListing.Of(pair.Name);
            Assert.True(
                theirs.Active == ours.Features,
                $"wanted {FeatureNames.Format(wanted)}\n" +
                $"kernel {FeatureNames.Format(theirs.Active)}\n" +
                $"ours   {FeatureNames.Format(ours.Features)}");
            DeviceFeatures unmet = ours.UnmetFeatures.Aggregate(DeviceFeatures.None, (sum, change) => sum | change.Features);
            Assert.Equal(wanted & ~theirs.Active, unmet & all);
            different += (theirs.Active & all) == wanted ? 0 : 1;
        }
        // A comparison in which no rule ever bites would show nothing.
        Assert.InRange(different, 100, 255);
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void Each_rule_within_reach_does_to_its_features_what_the_kernel_does()
    {
        int compared = 0;
        foreach (FeatureRule rule in FeatureRules.All)
        {
            if ((rule.Subject & ~OutOfReach) == 0 || rule.Relation != FeatureRelation.Needs)
                continue;
            using var pair = new VirtualPair();
            NetDevice ours = VirtualPair.Copy(pair.Name);
            DeviceFeatures needed = rule.Others.Aggregate((a, b) => a | b) & ours.HardwareFeatures;
            pair.Set(needed, on: false);
            ours.WantedFeatures &= ~needed;
            DeviceFeatures theirs = EthtoolListing.Of(pair.Name).Active;
            Assert.Equal(DeviceFeatures.None, theirs & rule.Drops);
            Assert.Equal(FeatureNames.Format(theirs), FeatureNames.Format(ours.Features));
            compared++;
        }
        Assert.Equal(7, compared);
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void What_a_rule_took_comes_back_with_what_it_needs()
    {
        using var pair = new VirtualPair();
        NetDevice ours = VirtualPair.Copy(pair.Name);
        DeviceFeatures before = ours.Features;
        foreach (bool on in (bool[])[false, true])
        {
            pair.Set(DeviceFeatures.ScatterGather, on);
            ours.Switch(DeviceFeatures.ScatterGather, on);
            Assert.Equal(FeatureNames.Format(EthtoolListing.Of(pair.Name).Active), FeatureNames.Format(ours.Features));
        }
        Assert.Equal(before, ours.Features);
        Assert.Empty(ours.UnmetFeatures);
    }

    private static DeviceFeatures Pick(int set) =>
        Switched.Where((_, bit) => (set >> bit & 1) != 0).Aggregate(DeviceFeatures.None, (sum, feature) => sum | feature);
}
