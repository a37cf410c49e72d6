using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>
/// The rules between features together against the running kernel's: on a veth, which can do all that software can, on a TAP, whose
/// reader has a say in it, and on <c>lo</c>.
/// </summary>
[Collection("lo")]
public sealed class FeatureRuleOracleTests
{
    /// <summary>All that a rule speaks of and that a veth can switch; 2⁸ sets of them are wanted in turn.</summary>
    private static readonly DeviceFeatures[] Switched =
    [
        DeviceFeatures.ScatterGather, DeviceFeatures.ChecksumGeneric, DeviceFeatures.TcpSegmentation, DeviceFeatures.Tcp6Segmentation,
        DeviceFeatures.TcpEcnSegmentation, DeviceFeatures.TcpMangleIdSegmentation, DeviceFeatures.GenericSegmentation,
        DeviceFeatures.UdpSegmentation,
    ];

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void Every_set_that_can_be_wanted_comes_to_what_the_kernel_makes_of_it()
    {
        using var pair = new VirtualPair();
        NetDevice ours = EthtoolListing.Copy(pair.Name);
        DeviceFeatures all = Switched.Aggregate((a, b) => a | b);
        Assert.Equal(all, ours.HardwareFeatures & all);
        int different = 0;
        for (int set = 0; set < 1 << Switched.Length; set++)
        {
            DeviceFeatures wanted = Pick(Switched, set), before = ours.WantedFeatures & all;
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

    [RootTapFact(Tool = "ethtool")]
    public void A_tap_does_what_is_wanted_as_far_as_its_reader_and_the_rules_let_it()
    {
        var random = new Random(11);
        DeviceFeatures[] switched =
            [.. Switched, DeviceFeatures.UdpTunnelSegmentation, DeviceFeatures.UdpTunnelChecksumSegmentation, DeviceFeatures.FragmentList];
        DeviceFeatures all = switched.Aggregate((a, b) => a | b);
        foreach (TapOffloads offloads in TapModel.Accepted)
        {
            using var tap = TapDevice.Create("wanted", (uint)offloads, VnetHeader.Length);
            NetDevice ours = TapModel.Create(TapOffloads.All);
            for (int i = 0; i < 20; i++)
            {
                DeviceFeatures wanted = switched.Where(_ => random.Next(4) != 0).Aggregate(DeviceFeatures.None, (sum, feature) => sum | feature);
                Ethtool.Want(tap.Name, all, wanted);
                // What the reader does not take is as if nobody wanted it (tun_net_fix_features).
                ours.WantedFeatures = (ours.WantedFeatures & ~all) | (wanted & (TapModel.FeaturesOf(offloads) | ~TapModel.Readers));
                Assert.Equal(
                    $"{offloads}, {FeatureNames.Format(wanted)}: {FeatureNames.Format(EthtoolListing.Of(tap.Name).Active & all)}",
                    $"{offloads}, {FeatureNames.Format(wanted)}: {FeatureNames.Format(ours.Features & all)}");
            }
        }
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_features_of_lo_that_can_be_switched_follow_the_rules_too()
    {
        using var lo = new SwitchedDevice("lo");
        NetDevice ours = EthtoolListing.Copy(lo.Name);
        DeviceFeatures all = ours.HardwareFeatures & Switched.Aggregate((a, b) => a | b);
        DeviceFeatures[] switched = [.. FeatureNames.Each(all)];
        Assert.True(switched.Length >= 5);
        for (int set = 0; set < 1 << switched.Length; set++)
        {
            DeviceFeatures wanted = Pick(switched, set);
            Ethtool.Want(lo.Name, all, wanted);
            ours.WantedFeatures = (ours.WantedFeatures & ~all) | wanted;
            Assert.Equal(EthtoolListing.Of(lo.Name).Text, FeatureListing.Of(ours));
        }
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void What_a_rule_took_comes_back_with_what_it_needs()
    {
        using var pair = new VirtualPair();
        NetDevice ours = EthtoolListing.Copy(pair.Name);
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

    private static DeviceFeatures Pick(DeviceFeatures[] switched, int set) =>
        switched.Where((_, bit) => (set >> bit & 1) != 0).Aggregate(DeviceFeatures.None, (sum, feature) => sum | feature);
}
