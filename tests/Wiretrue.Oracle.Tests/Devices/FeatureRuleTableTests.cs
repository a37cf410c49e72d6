using Wiretrue.Devices;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>Each rule between features, with the devices of this kernel that show it, or why none does.</summary>
[Collection("lo")]
public sealed class FeatureRuleTableTests(ITestOutputHelper output)
{
    private const string Old = "gone from Linux before this kernel: FeatureRulesTests has the rule on models";
    private const string NoDriver = "no device of this kernel's has the feature, not even to be switched: FeatureRulesTests has the rule on models";

    private static readonly (string Rule, string[] Devices, string? WhyNot)[] Table =
    [
        ("tx-checksum-ipv4 tx-checksum-ip-generic tx-checksum-ipv6 excludes tx-checksum-unneeded", [], Old),
        ("tx-checksum-ipv4 tx-checksum-ipv6 excludes tx-checksum-ip-generic", [], NoDriver),
        ("tx-tcp-segmentation tx-tcp-ecn-segmentation tx-tcp-mangleid-segmentation tx-tcp6-segmentation needs tx-scatter-gather", ["veth", "tap"], null),
        ("tx-tcp-segmentation needs tx-checksum-ip-generic, or tx-checksum-ipv4, or tx-checksum-unneeded", ["veth", "tap"], null),
        ("tx-tcp6-segmentation needs tx-checksum-ip-generic, or tx-checksum-ipv6, or tx-checksum-unneeded", ["veth", "tap"], null),
        ("tx-tcp-mangleid-segmentation needs tx-tcp-segmentation", ["veth", "tap", "lo"], null),
        ("tx-tcp-ecn-segmentation needs tx-tcp-segmentation, or tx-tcp6-segmentation", ["veth", "tap", "lo"], null),
        ("tx-generic-segmentation needs tx-scatter-gather", ["veth", "tap"], null),
        ("tx-udp-fragmentation needs", [], Old),
        ("tx-udp-fragmentation needs tx-scatter-gather", [], Old),
        ("tx-udp-segmentation needs", ["veth", "tap"], null),
        ("rx-gro-hw needs rx-checksum", [], NoDriver),
        ("rx-lro excludes rx-fcs", [], NoDriver),
        ("rx-gro-hw excludes rx-fcs", [], NoDriver),
        ("rx-lro excludes rx-gro-hw", [], NoDriver),
        ("tls-hw-tx-offload needs", [], NoDriver),
        ("tls-hw-rx-offload needs rx-checksum", [], NoDriver),
    ];

    [Fact]
    public void The_table_has_every_rule_in_order_and_each_is_shown_or_excused()
    {
        Assert.Equal(FeatureRules.All.Count, Table.Length);
        Assert.All(FeatureRules.All.Zip(Table), row => Assert.StartsWith(row.Second.Rule, InWords(row.First), StringComparison.Ordinal));
        Assert.All(Table, row => Assert.True(row.Devices.Length > 0 == row.WhyNot is null, row.Rule));
    }

    [RootTapFact(Tool = "ethtool")]
    public void Each_device_that_is_to_show_a_rule_shows_it()
    {
        foreach ((FeatureRule rule, (_, string[] devices, string? whyNot)) in FeatureRules.All.Zip(Table))
        {
            foreach (string kind in devices)
            {
                using var device = new SwitchedDevice(kind);
                AssertShown(rule, device);
            }
            output.WriteLine($"{InWords(rule)}: {whyNot ?? $"the kernel does so to {string.Join(", ", devices)}"}");
        }
    }

    [RootTapFact(Tool = "ethtool")]
    public void No_device_within_reach_has_what_is_said_to_be_out_of_it()
    {
        DeviceFeatures missing = FeatureRules.All.Zip(Table).Where(row => row.Second.WhyNot is not null)
            .Aggregate(DeviceFeatures.None, (sum, row) => sum | (row.First.Subject & ~DeviceFeatures.ChecksumGeneric));
        foreach (string kind in SwitchedDevice.Kinds)
        {
            using var device = new SwitchedDevice(kind);
            Assert.Equal(DeviceFeatures.None, EthtoolListing.Of(device.Name).Changeable & missing);
        }
    }

    private static void AssertShown(FeatureRule rule, SwitchedDevice device)
    {
        // What the device is made with not switched on, but able to.
        DeviceFeatures all = EthtoolListing.Of(device.Name).Changeable & (rule.Subject | rule.Drops | rule.Others.Aggregate((a, b) => a | b));
        Ethtool.Want(device.Name, all, all);
        NetDevice ours = EthtoolListing.Copy(device.Name);
        DeviceFeatures before = EthtoolListing.Of(device.Name).Active & rule.Drops;
        Assert.NotEqual(DeviceFeatures.None, before);

        DeviceFeatures needed = rule.Others.Aggregate((a, b) => a | b) & ours.HardwareFeatures;
        Ethtool.Set(device.Name, needed, on: false);
        ours.Switch(needed, on: false);

        EthtoolListing theirs = EthtoolListing.Of(device.Name);
        Assert.Equal(DeviceFeatures.None, theirs.Active & rule.Drops);
        Assert.Equal(theirs.Text, FeatureListing.Of(ours));
    }

    private static string InWords(FeatureRule rule) => $"{FeatureNames.Format(rule.Subject)} "
        + $"{(rule.Relation == FeatureRelation.Needs ? "needs" : "excludes")} {string.Join(", or ", rule.Others.Select(FeatureNames.Format))}";
}
