using Wiretrue.Devices;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Devices;

public sealed class FeatureListingTests
{
    private static readonly NetDevice Card = new("card", ScatterGather | ChecksumGeneric | TcpSegmentation | HighDma, 1500)
    {
        HardwareFeatures = ScatterGather | ChecksumGeneric | TcpSegmentation | GenericReceive,
    };

    [Fact]
    public void Groups_come_first_with_their_members_below_them()
    {
        string[] lines = FeatureListing.Of(Card).Split('\n');
        Assert.Equal(
            [
                "Features for card:",
                "rx-checksumming: off [fixed]",
                "tx-checksumming: on",
                "\ttx-checksum-ipv4: off [fixed]",
                "\ttx-checksum-ip-generic: on",
                "\ttx-checksum-ipv6: off [fixed]",
                "\ttx-checksum-fcoe-crc: off [fixed]",
                "\ttx-checksum-sctp: off [fixed]",
                "scatter-gather: on",
                "\ttx-scatter-gather: on",
                "\ttx-scatter-gather-fraglist: off [fixed]",
                "tcp-segmentation-offload: on",
                "\ttx-tcp-segmentation: on",
            ],
            lines[..13]);
        Assert.Contains("generic-receive-offload: off", lines);
        Assert.Contains("highdma: on [fixed]", lines);
        Assert.Equal("hsr-dup-offload: off [fixed]", lines[^2]);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void What_was_requested_in_vain_is_said()
    {
        var card = new NetDevice("card", ScatterGather | ChecksumGeneric | TcpSegmentation, 1500);
        card.Switch(ScatterGather, on: false);
        Assert.Contains("\ttx-tcp-segmentation: off [requested on]\n", FeatureListing.Of(card), StringComparison.Ordinal);
        Assert.Contains("\ttx-scatter-gather: off\n", FeatureListing.Of(card), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_older_kernels_are_shown_only_where_they_are_on()
    {
        Assert.DoesNotContain("tx-udp-fragmentation", FeatureListing.Of(Card), StringComparison.Ordinal);
        Assert.DoesNotContain("udp-fragmentation-offload", FeatureListing.Of(Card), StringComparison.Ordinal);
        Assert.DoesNotContain("tx-checksum-unneeded", FeatureListing.Of(Card), StringComparison.Ordinal);
        var old = new NetDevice("old", ScatterGather | NoChecksum | UdpFragmentation, 1500);
        Assert.Contains("udp-fragmentation-offload: on\n", FeatureListing.Of(old), StringComparison.Ordinal);
        Assert.Contains("\ttx-checksum-unneeded: on\n", FeatureListing.Of(old), StringComparison.Ordinal);
    }
}
