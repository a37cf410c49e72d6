using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class FlowLabelTests
{
    private static readonly NetworkTunnel Tunnel =
        NetworkTunnelTests.Make("gre", overV6: true) with { Link = null, FlowLabel = 0xABCDE, FlowHash = new FlowHash(7), TypeOfService = 0xB8 };

    [Fact]
    public void A_fixed_one_is_every_packets() => Assert.Equal(0xABCDE, LabelOf(FlowLabelMode.Fixed, new IPv6Fields { FlowLabel = 5 }, 1));

    [Fact]
    public void An_inherited_one_is_that_of_IPv6_inside_and_none_of_IPv4()
    {
        Assert.Equal(5, LabelOf(FlowLabelMode.Inherit, new IPv6Fields { FlowLabel = 5 }, 1));
        Assert.Equal(0, LabelOf(FlowLabelMode.Inherit, new IPv4Fields(), 1));
    }

    [Fact]
    public void One_of_the_flow_stays_the_same_for_it_and_differs_from_others()
    {
        foreach (IPFields ip in (IPFields[])[new IPv4Fields(), new IPv6Fields { FlowLabel = 9 }])
        {
            int label = LabelOf(FlowLabelMode.Hash, ip, 1);
            Assert.Equal(label, LabelOf(FlowLabelMode.Hash, ip with { HopLimit = 3 }, 1));
            Assert.NotEqual(label, LabelOf(FlowLabelMode.Hash, ip, 2));
        }
    }

    private static int LabelOf(FlowLabelMode mode, IPFields inner, ushort port)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Tcp(inner, new TcpFields { SourcePort = port }, [1, 2]), default);
        packet.LinkType = LinkType.Raw;
        Assert.Equal(DropReason.None, (Tunnel with { FlowLabelMode = mode }).CreateEncapsulator().Encapsulate(packet));
        Assert.True(IPv6Header.TryCreate(packet.Linear, out IPv6Header outer));
        // What stands beside it in the same word.
        Assert.Equal(0xB8, outer.TrafficClass);
        return outer.FlowLabel;
    }
}
