using Wiretrue.Devices;

namespace Wiretrue.Tests.Devices;

public sealed class FeatureNamesTests
{
    private const DeviceFeatures Everything = (DeviceFeatures)ulong.MaxValue;

    [Fact]
    public void Every_bit_has_a_member_and_a_word_of_its_own()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        int bits = 0;
        foreach (DeviceFeatures feature in FeatureNames.Each(Everything))
        {
            Assert.True(Enum.IsDefined(feature), $"bit {bits} has no member");
            Assert.True(words.Add(FeatureNames.NameOf(feature)), FeatureNames.NameOf(feature));
            bits++;
        }
        Assert.Equal(64, bits);
    }

    [Theory]
    [InlineData(DeviceFeatures.ScatterGather, "tx-scatter-gather")]
    [InlineData(DeviceFeatures.ChecksumIPv4, "tx-checksum-ipv4")]
    [InlineData(DeviceFeatures.ChecksumGeneric, "tx-checksum-ip-generic")]
    [InlineData(DeviceFeatures.ChecksumIPv6, "tx-checksum-ipv6")]
    [InlineData(DeviceFeatures.HighDma, "highdma")]
    [InlineData(DeviceFeatures.FragmentList, "tx-scatter-gather-fraglist")]
    [InlineData(DeviceFeatures.VlanInsert, "tx-vlan-hw-insert")]
    [InlineData(DeviceFeatures.VlanChallenged, "vlan-challenged")]
    [InlineData(DeviceFeatures.GenericSegmentation, "tx-generic-segmentation")]
    [InlineData(DeviceFeatures.GenericReceive, "rx-gro")]
    [InlineData(DeviceFeatures.LargeReceive, "rx-lro")]
    [InlineData(DeviceFeatures.TcpSegmentation, "tx-tcp-segmentation")]
    [InlineData(DeviceFeatures.TcpMangleIdSegmentation, "tx-tcp-mangleid-segmentation")]
    [InlineData(DeviceFeatures.Tcp6Segmentation, "tx-tcp6-segmentation")]
    [InlineData(DeviceFeatures.UdpTunnelChecksumSegmentation, "tx-udp_tnl-csum-segmentation")]
    [InlineData(DeviceFeatures.PartialSegmentation, "tx-gso-partial")]
    [InlineData(DeviceFeatures.UdpFragmentation, "tx-udp-fragmentation")]
    [InlineData(DeviceFeatures.UdpSegmentation, "tx-udp-segmentation")]
    [InlineData(DeviceFeatures.ListSegmentation, "tx-gso-list")]
    [InlineData(DeviceFeatures.TcpAccurateEcnSegmentation, "tx-tcp-accecn-segmentation")]
    [InlineData(DeviceFeatures.ChecksumFcoe, "tx-checksum-fcoe-crc")]
    [InlineData(DeviceFeatures.ChecksumSctp, "tx-checksum-sctp")]
    [InlineData(DeviceFeatures.ReceiveChecksum, "rx-checksum")]
    [InlineData(DeviceFeatures.ServiceVlanFilter, "rx-vlan-stag-filter")]
    [InlineData(DeviceFeatures.GenericReceiveHardware, "rx-gro-hw")]
    [InlineData(DeviceFeatures.GenericReceiveUdpForwarding, "rx-udp-gro-forwarding")]
    [InlineData(DeviceFeatures.HsrDuplicate, "hsr-dup-offload")]
    public void A_feature_is_called_what_the_kernel_calls_it(DeviceFeatures feature, string name) =>
        Assert.Equal(name, FeatureNames.NameOf(feature));

    [Fact]
    public void What_is_printed_is_parsed_back()
    {
        var random = new Random(81);
        for (int i = 0; i < 1000; i++)
        {
            var features = (DeviceFeatures)random.NextInt64(long.MinValue, long.MaxValue);
            Assert.True(FeatureNames.TryParse(FeatureNames.Format(features), out DeviceFeatures parsed, out string? unknown));
            Assert.Equal(features, parsed);
            Assert.Null(unknown);
        }
    }

    [Fact]
    public void Nothing_is_printed_as_none_and_parsed_from_nothing_as_well()
    {
        Assert.Equal("none", FeatureNames.Format(DeviceFeatures.None));
        foreach (string? text in (string?[])["none", "", "  ", null])
        {
            Assert.True(FeatureNames.TryParse(text, out DeviceFeatures features, out _));
            Assert.Equal(DeviceFeatures.None, features);
        }
    }

    [Theory]
    [InlineData("tso", DeviceFeatures.TcpMask | DeviceFeatures.TcpAccurateEcnSegmentation)]
    [InlineData("tcp-segmentation-offload", DeviceFeatures.TcpMask | DeviceFeatures.TcpAccurateEcnSegmentation)]
    [InlineData("rx-checksumming", DeviceFeatures.ReceiveChecksum)]
    [InlineData("sg, gso", DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList | DeviceFeatures.GenericSegmentation)]
    [InlineData("generic-receive-offload,lro", DeviceFeatures.GenericReceive | DeviceFeatures.LargeReceive)]
    [InlineData("txvlan\nrx-vlan-offload", DeviceFeatures.VlanInsert | DeviceFeatures.VlanParse)]
    public void A_group_has_two_names_and_all_its_members(string text, DeviceFeatures expected)
    {
        Assert.True(FeatureNames.TryParse(text, out DeviceFeatures features, out _));
        Assert.Equal(expected, features);
    }

    [Fact]
    public void The_group_of_transmit_checksums_has_every_word_that_begins_like_it()
    {
        foreach (DeviceFeatures feature in FeatureNames.Each(Everything))
        {
            bool member = FeatureNames.NameOf(feature).StartsWith("tx-checksum-", StringComparison.Ordinal);
            Assert.Equal(member, (FeatureGroup.All[1].Features & feature) != 0);
        }
    }

    [Fact]
    public void An_unknown_word_is_named()
    {
        Assert.False(FeatureNames.TryParse("rx-gro tx-cheksum-ipv4 rx-lro", out DeviceFeatures features, out string? unknown));
        Assert.Equal("tx-cheksum-ipv4", unknown);
        Assert.Equal(DeviceFeatures.GenericReceive, features);
    }

    [Fact]
    public void Several_features_have_no_one_name()
    {
        Assert.Throws<ArgumentException>(() => FeatureNames.NameOf(DeviceFeatures.TcpMask));
        Assert.Throws<ArgumentException>(() => FeatureNames.NameOf(DeviceFeatures.None));
    }

    [Fact]
    public void The_masks_are_made_of_what_their_names_say()
    {
        Assert.Equal(DeviceFeatures.None, DeviceFeatures.GsoMask & (DeviceFeatures.ChecksumMask | DeviceFeatures.GenericSegmentation));
        foreach (DeviceFeatures feature in FeatureNames.Each(Everything))
        {
            string name = FeatureNames.NameOf(feature);
            bool cuts = name.StartsWith("tx-", StringComparison.Ordinal) && feature != DeviceFeatures.GenericSegmentation
                && (name.EndsWith("-segmentation", StringComparison.Ordinal) || name.Contains("-gso-", StringComparison.Ordinal)
                    || feature == DeviceFeatures.UdpFragmentation);
            Assert.True(cuts == ((DeviceFeatures.GsoMask & feature) != 0), name);
        }
    }
}
