using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

public sealed class GsoFeaturesTests
{
    public static TheoryData<GsoType, DeviceFeatures> Pairs => new()
    {
        { GsoType.TcpV4, DeviceFeatures.TcpSegmentation },
        { GsoType.TcpV6, DeviceFeatures.Tcp6Segmentation },
        { GsoType.UdpL4, DeviceFeatures.UdpSegmentation },
        { GsoType.TcpV4 | GsoType.TcpEcn, DeviceFeatures.TcpEcnSegmentation },
        { GsoType.TcpV4 | GsoType.TcpAccurateEcn, DeviceFeatures.TcpAccurateEcnSegmentation },
        { GsoType.TcpV4 | GsoType.TcpFixedId, DeviceFeatures.TcpMangleIdSegmentation },
        { GsoType.TcpV4 | GsoType.TcpFixedIdInner, DeviceFeatures.TcpMangleIdSegmentation },
        { GsoType.TcpV4 | GsoType.Dodgy, DeviceFeatures.GsoRobust },
        { GsoType.TcpV4 | GsoType.Gre, DeviceFeatures.GreSegmentation },
        { GsoType.TcpV4 | GsoType.GreChecksum, DeviceFeatures.GreChecksumSegmentation },
        { GsoType.TcpV4 | GsoType.IPXIP4, DeviceFeatures.IPXIP4Segmentation },
        { GsoType.TcpV4 | GsoType.IPXIP6, DeviceFeatures.IPXIP6Segmentation },
        { GsoType.TcpV4 | GsoType.UdpTunnel, DeviceFeatures.UdpTunnelSegmentation },
        { GsoType.TcpV4 | GsoType.UdpTunnelChecksum, DeviceFeatures.UdpTunnelChecksumSegmentation },
        { GsoType.TcpV4 | GsoType.UdpTunnelChecksum | GsoType.TunnelRemoteChecksum, DeviceFeatures.RemoteChecksumSegmentation },
        { GsoType.TcpV4 | GsoType.UdpTunnel | GsoType.Partial, DeviceFeatures.PartialSegmentation },
        { GsoType.UdpFragmentation, DeviceFeatures.UdpFragmentation },
        { GsoType.Sctp, DeviceFeatures.SctpSegmentation },
        { GsoType.TcpV6 | GsoType.Esp, DeviceFeatures.EspSegmentation },
        { GsoType.UdpL4 | GsoType.FragmentList, DeviceFeatures.ListSegmentation },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Each_bit_of_a_type_takes_a_feature_of_its_own(GsoType type, DeviceFeatures feature)
    {
        Assert.True(GsoFeatures.Suffice(DeviceFeatures.GsoMask, type));
        Assert.False(GsoFeatures.Suffice(DeviceFeatures.GsoMask & ~feature, type));
        Assert.False(GsoFeatures.Suffice(DeviceFeatures.None, type));
        Assert.Equal(feature, feature & DeviceFeatures.GsoMask);
    }

    [Fact]
    public void Every_bit_of_a_type_has_its_feature()
    {
        foreach (GsoType bit in Enum.GetValues<GsoType>())
            Assert.Equal(bit != GsoType.None, GsoFeatures.For(bit) != DeviceFeatures.None);
    }

    [Fact]
    public void A_type_that_names_no_transport_or_that_no_feature_knows_is_never_left_to_a_device()
    {
        Assert.False(GsoFeatures.Suffice(DeviceFeatures.GsoMask, GsoType.None));
        Assert.False(GsoFeatures.Suffice(DeviceFeatures.GsoMask, GsoType.UdpTunnel));
        Assert.False(GsoFeatures.Suffice(DeviceFeatures.GsoMask, GsoType.TcpV4 | (GsoType)(1U << 31)));
    }
}
