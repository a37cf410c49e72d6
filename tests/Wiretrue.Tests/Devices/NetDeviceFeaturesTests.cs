using Wiretrue.Devices;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Devices;

public sealed class NetDeviceFeaturesTests
{
    private const DeviceFeatures Tcp = ScatterGather | ChecksumGeneric | TcpSegmentation;

    [Fact]
    public void What_a_device_was_made_with_is_on_and_can_be_switched()
    {
        var card = new NetDevice("card", Tcp, 1500);
        Assert.Equal(Tcp, card.Features);
        Assert.Equal(Tcp, card.HardwareFeatures);
        Assert.Equal(Tcp, card.WantedFeatures);
        Assert.Empty(card.UnmetFeatures);
    }

    [Fact]
    public void The_rules_hold_from_the_start()
    {
        var card = new NetDevice("card", TcpSegmentation | ChecksumGeneric, 1500);
        Assert.Equal(ChecksumGeneric, card.Features);
        Assert.Equal("tx-tcp-segmentation off: needs tx-scatter-gather", Assert.Single(card.UnmetFeatures).ToString());
    }

    [Fact]
    public void A_feature_that_lost_what_it_needs_stays_wanted_and_comes_back()
    {
        var card = new NetDevice("card", Tcp, 1500);
        IReadOnlyList<FeatureChange> unmet = card.Switch(ChecksumGeneric, on: false);
        Assert.Equal(ScatterGather, card.Features);
        Assert.Equal(ScatterGather | TcpSegmentation, card.WantedFeatures);
        Assert.Equal(
            "tx-tcp-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4, or tx-checksum-unneeded", Assert.Single(unmet).ToString());
        Assert.Empty(card.Switch(ChecksumGeneric, on: true));
        Assert.Equal(Tcp, card.Features);
    }

    [Fact]
    public void One_loss_brings_another()
    {
        var card = new NetDevice("card", Tcp | TcpMangleIdSegmentation | TcpEcnSegmentation, 1500);
        card.WantedFeatures &= ~ChecksumGeneric;
        Assert.Equal(ScatterGather, card.Features);
        Assert.Equal(
            ["tx-tcp-segmentation tx-tcp-ecn-segmentation", "tx-tcp-mangleid-segmentation"],
            card.UnmetFeatures.Select(change => FeatureNames.Format(change.Features)));
    }

    [Fact]
    public void What_is_fixed_cannot_be_switched_and_the_answer_says_so()
    {
        var card = new NetDevice("card", Tcp | HighDma, 1500) { HardwareFeatures = Tcp | UdpSegmentation };
        Assert.Equal(Tcp | HighDma, card.Features);
        Assert.Equal("highdma on: fixed", Assert.Single(card.Switch(HighDma, on: false)).ToString());
        Assert.Equal("rx-lro off: fixed", Assert.Single(card.Switch(LargeReceive | UdpSegmentation, on: true)).ToString());
        Assert.Equal(Tcp | HighDma | UdpSegmentation, card.Features);
        Assert.Empty(card.Switch(HighDma, on: true));
        card.WantedFeatures = LargeReceive;
        Assert.Equal(HighDma, card.Features);
        Assert.Equal(None, card.WantedFeatures);
    }

    [Fact]
    public void Some_features_belong_to_the_device_for_good()
    {
        var card = new NetDevice("card", VlanChallenged | Lockless, 1500) { HardwareFeatures = (DeviceFeatures)ulong.MaxValue };
        Assert.Equal(None, card.HardwareFeatures & NeverChangeMask);
        Assert.Equal("vlan-challenged on: fixed", Assert.Single(card.Switch(VlanChallenged, on: false)).ToString());
        Assert.Equal(VlanChallenged | Lockless, card.Features);
    }

    [Fact]
    public void What_is_cut_only_in_part_follows_partial_segmentation()
    {
        var card = new NetDevice("card", Tcp | PartialSegmentation | GreChecksumSegmentation, 1500) { PartialGsoFeatures = GreChecksumSegmentation };
        Assert.Empty(card.UnmetFeatures);
        Assert.Equal("tx-gre-csum-segmentation off: needs tx-gso-partial", Assert.Single(card.Switch(PartialSegmentation, on: false)).ToString());
        Assert.Equal(Tcp, card.Features);
        card.PartialGsoFeatures = None;
        Assert.Equal(Tcp | GreChecksumSegmentation, card.Features);
    }

    [Fact]
    public void Every_way_to_switch_comes_to_the_same()
    {
        var random = new Random(83);
        for (int i = 0; i < 500; i++)
        {
            var start = (DeviceFeatures)random.NextInt64(long.MinValue, long.MaxValue);
            var wanted = (DeviceFeatures)random.NextInt64(long.MinValue, long.MaxValue);
            var one = new NetDevice("one", start, 1500);
            var other = new NetDevice("other", start, 1500);
            one.WantedFeatures = wanted;
            foreach (DeviceFeatures feature in FeatureNames.Each((DeviceFeatures)ulong.MaxValue).OrderBy(_ => random.Next()))
                other.Switch(feature, (wanted & feature) != 0);
            Assert.Equal(one.Features, other.Features);
            Assert.Equal(one.WantedFeatures, other.WantedFeatures);
        }
    }
}
