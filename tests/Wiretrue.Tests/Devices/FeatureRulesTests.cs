using Wiretrue.Devices;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Devices;

public sealed class FeatureRulesTests
{
    private const DeviceFeatures BothChecksums = ChecksumIPv4 | ChecksumIPv6;

    /// <summary>What is wanted, what is left, and the first reason.</summary>
    public static TheoryData<DeviceFeatures, DeviceFeatures, string> Rules => new()
    {
        { NoChecksum | ChecksumIPv4, NoChecksum, "tx-checksum-ipv4 off: excluded by tx-checksum-unneeded" },
        { NoChecksum | ChecksumGeneric, NoChecksum, "tx-checksum-ip-generic off: excluded by tx-checksum-unneeded" },
        { ChecksumGeneric | ChecksumIPv4, ChecksumGeneric, "tx-checksum-ipv4 off: excluded by tx-checksum-ip-generic" },
        { ChecksumGeneric | BothChecksums, ChecksumGeneric, "tx-checksum-ipv4 tx-checksum-ipv6 off: excluded by tx-checksum-ip-generic" },
        {
            ChecksumGeneric | TcpMask, ChecksumGeneric,
            "tx-tcp-segmentation tx-tcp-ecn-segmentation tx-tcp-mangleid-segmentation tx-tcp6-segmentation off: needs tx-scatter-gather"
        },
        {
            ScatterGather | TcpSegmentation, ScatterGather,
            "tx-tcp-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4, or tx-checksum-unneeded"
        },
        {
            ScatterGather | ChecksumIPv6 | TcpSegmentation, ScatterGather | ChecksumIPv6,
            "tx-tcp-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4, or tx-checksum-unneeded"
        },
        {
            ScatterGather | ChecksumIPv4 | Tcp6Segmentation, ScatterGather | ChecksumIPv4,
            "tx-tcp6-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv6, or tx-checksum-unneeded"
        },
        {
            ScatterGather | ChecksumIPv6 | TcpMask, ScatterGather | ChecksumIPv6 | Tcp6Segmentation,
            "tx-tcp-segmentation tx-tcp-ecn-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4, or tx-checksum-unneeded"
        },
        { ScatterGather | TcpMangleIdSegmentation, ScatterGather, "tx-tcp-mangleid-segmentation off: needs tx-tcp-segmentation" },
        { ScatterGather | TcpEcnSegmentation, ScatterGather, "tx-tcp-ecn-segmentation off: needs tx-tcp-segmentation, or tx-tcp6-segmentation" },
        { GenericSegmentation, None, "tx-generic-segmentation off: needs tx-scatter-gather" },
        { ChecksumGeneric | UdpFragmentation, ChecksumGeneric, "tx-udp-fragmentation off: needs tx-scatter-gather" },
        {
            ScatterGather | ChecksumIPv4 | UdpFragmentation, ScatterGather | ChecksumIPv4,
            "tx-udp-fragmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4 tx-checksum-ipv6, or tx-checksum-unneeded"
        },
        {
            ScatterGather | ChecksumIPv6 | UdpSegmentation, ScatterGather | ChecksumIPv6,
            "tx-udp-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4 tx-checksum-ipv6, or tx-checksum-unneeded"
        },
        { GenericReceiveHardware, None, "rx-gro-hw off: needs rx-checksum" },
        { LargeReceive | ReceiveFcs, ReceiveFcs, "rx-lro off: excluded by rx-fcs" },
        { GenericReceiveHardware | ReceiveChecksum | ReceiveFcs, ReceiveChecksum | ReceiveFcs, "rx-gro-hw off: excluded by rx-fcs" },
        { GenericReceiveHardware | ReceiveChecksum | LargeReceive, GenericReceiveHardware | ReceiveChecksum, "rx-lro off: excluded by rx-gro-hw" },
        { TlsTransmit | ChecksumIPv4, ChecksumIPv4, "tls-hw-tx-offload off: needs tx-checksum-ip-generic, or tx-checksum-ipv4 tx-checksum-ipv6" },
        { TlsReceive, None, "tls-hw-rx-offload off: needs rx-checksum" },
    };

    public static TheoryData<DeviceFeatures> Kept =>
    [
        None,
        ChecksumGeneric,
        BothChecksums,
        ScatterGather,
        ScatterGather | ChecksumGeneric | TcpMask,
        ScatterGather | ChecksumIPv4 | TcpSegmentation | TcpEcnSegmentation | TcpMangleIdSegmentation,
        ScatterGather | ChecksumIPv6 | Tcp6Segmentation | TcpEcnSegmentation,
        ScatterGather | NoChecksum | TcpSegmentation | UdpFragmentation,
        ScatterGather | BothChecksums | UdpFragmentation | UdpSegmentation,
        ChecksumGeneric | UdpSegmentation,
        ReceiveChecksum | GenericReceiveHardware,
        LargeReceive,
        ReceiveFcs | ReceiveAll,
        BothChecksums | TlsTransmit | TlsReceive | ReceiveChecksum,
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_broken_rule_takes_features_and_says_why(DeviceFeatures wanted, DeviceFeatures left, string reason)
    {
        var changes = new List<FeatureChange>();
        Assert.Equal(left, FeatureRules.Apply(wanted, None, changes));
        Assert.Equal(reason, changes[0].ToString());
        Assert.Equal(wanted & ~left, changes.Aggregate(None, (sum, change) => sum | change.Features));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_set_that_keeps_the_rules_stays_as_it_is(DeviceFeatures wanted)
    {
        var changes = new List<FeatureChange>();
        Assert.Equal(wanted, FeatureRules.Apply(wanted, None, changes));
        Assert.Empty(changes);
    }

    [Fact]
    public void Every_rule_is_broken_by_some_row_of_the_table()
    {
        foreach (FeatureRule rule in FeatureRules.All)
        {
            Assert.Contains(Rules, row =>
            {
                var changes = new List<FeatureChange>();
                FeatureRules.Apply((DeviceFeatures)row[0], None, changes);
                return changes.Any(change => change.Relation == rule.Relation && (change.Features & rule.Drops) == change.Features);
            });
        }
    }

    [Fact]
    public void Scatter_gather_needs_no_checksum() =>
        Assert.Equal(ScatterGather | FragmentList, FeatureRules.Apply(ScatterGather | FragmentList));

    [Fact]
    public void What_is_cut_only_in_part_needs_partial_segmentation()
    {
        const DeviceFeatures Tunnels = UdpTunnelChecksumSegmentation | GreChecksumSegmentation;
        const DeviceFeatures Wanted = ScatterGather | ChecksumGeneric | UdpTunnelSegmentation | Tunnels;
        var changes = new List<FeatureChange>();
        Assert.Equal(Wanted | PartialSegmentation, FeatureRules.Apply(Wanted | PartialSegmentation, Tunnels, changes));
        Assert.Empty(changes);
        Assert.Equal(Wanted & ~Tunnels, FeatureRules.Apply(Wanted, Tunnels, changes));
        Assert.Equal("tx-gre-csum-segmentation tx-udp_tnl-csum-segmentation off: needs tx-gso-partial", Assert.Single(changes).ToString());
    }

    [Fact]
    public void What_the_rules_left_keeps_the_rules()
    {
        var random = new Random(82);
        for (int i = 0; i < 10_000; i++)
        {
            var wanted = (DeviceFeatures)random.NextInt64(long.MinValue, long.MaxValue);
            DeviceFeatures once = FeatureRules.Apply(wanted);
            Assert.Equal(None, once & ~wanted);
            Assert.Equal(once, FeatureRules.Apply(once));
        }
    }

    [Fact]
    public void Of_any_checksum_and_those_of_two_protocols_the_latter_are_common()
    {
        Assert.Equal(ScatterGather | ChecksumIPv4, FeatureRules.Intersect(ScatterGather | ChecksumGeneric, ScatterGather | ChecksumIPv4));
        Assert.Equal(BothChecksums, FeatureRules.Intersect(BothChecksums | HighDma, ChecksumGeneric));
        Assert.Equal(ChecksumGeneric, FeatureRules.Intersect(ChecksumGeneric, ChecksumGeneric | BothChecksums));
        Assert.Equal(None, FeatureRules.Intersect(ChecksumGeneric, ScatterGather));
        Assert.Equal(TcpSegmentation, FeatureRules.Intersect(TcpSegmentation | Tcp6Segmentation, TcpSegmentation));
    }
}
