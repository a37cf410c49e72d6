using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>What the outer IP header takes from the inner one, and the inner one from it again.</summary>
public sealed class OuterHeaderTests
{
    public static TheoryData<bool, bool> Families => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Families))]
    public void Time_to_live_is_the_tunnels_or_the_packets(bool overV6, bool aroundV6)
    {
        IPFields inner = Inner(aroundV6) with { HopLimit = 33 };
        Assert.Equal(7, Sent(Tunnel(overV6) with { TimeToLive = 7 }, inner).HopLimit);
        Assert.Equal(33, Sent(Tunnel(overV6) with { TimeToLive = null }, inner).HopLimit);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Type_of_service_is_the_tunnels_or_the_packets_and_congestion_marks_are_the_packets(bool overV6, bool aroundV6)
    {
        for (byte ecn = 0; ecn < 4; ecn++)
        {
            IPFields inner = Inner(aroundV6) with { TrafficClass = (byte)(0x20 | ecn) };
            // CE begins anew as ECT(0).
            int shown = ecn == 3 ? 2 : ecn;
            Assert.Equal(0xB8 | shown, Sent(Tunnel(overV6) with { TypeOfService = 0xBB }, inner).TypeOfService);
            Assert.Equal(0x20 | shown, Sent(Tunnel(overV6) with { TypeOfService = null }, inner).TypeOfService);
            Assert.Equal(0x20 | ecn, Sent(Tunnel(overV6) with { TypeOfService = null, Ecn = EcnMode.Normal }, inner).TypeOfService);
            Assert.Equal(0x20, Sent(Tunnel(overV6) with { TypeOfService = null, Ecn = EcnMode.Compatibility }, inner).TypeOfService);
        }
    }

    [Theory]
    [InlineData(DontFragment.Never, false, false)]
    [InlineData(DontFragment.Never, true, false)]
    [InlineData(DontFragment.Always, false, true)]
    [InlineData(DontFragment.Inherit, false, false)]
    [InlineData(DontFragment.Inherit, true, true)]
    public void Dont_fragment_is_never_always_or_as_inside(DontFragment mode, bool inside, bool outside) =>
        Assert.Equal(outside, Sent(Tunnel(false) with { DontFragment = mode }, new IPv4Fields { DontFragment = inside }).DontFragment);

    [Fact]
    public void IPv6_inside_is_never_to_be_fragmented() =>
        Assert.True(Sent(Tunnel(false) with { DontFragment = DontFragment.Inherit }, new IPv6Fields()).DontFragment);

    [Fact]
    public void A_frame_without_IP_has_what_Linux_sends_with()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Ethernet(0x88B5, new byte[46]), default);
        NetworkTunnel tunnel = NetworkTunnelTests.Make("gretap", false) with { Link = null, TimeToLive = null, TypeOfService = null };
        Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        Assert.True(IPv4Header.TryCreate(packet.Linear, out IPv4Header outer));
        Assert.Equal((64, 0), (outer.TimeToLive, outer.TypeOfService));
    }

    /// <summary>Each pair of marks, as RFC 6040 has it: the header's checksum, and a known sum of all, stay right.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Congestion_on_the_way_is_handed_on(bool overV6, bool aroundV6)
    {
        for (byte inside = 0; inside < 4; inside++)
        {
            for (byte outside = 0; outside < 4; outside++)
            {
                EcnVerdict verdict = CongestionNotification.Decapsulate(outside, (byte)(0x20 | inside), out byte expected);
                byte[] inner = Frames.Udp(Inner(aroundV6) with { TrafficClass = (byte)(0x20 | inside) }, new UdpFields(), Frames.Payload(99));
                IPFields outer = (overV6 ? new IPv6Fields() : (IPFields)new IPv4Fields()) with { TrafficClass = outside };
                byte[] bytes = outer.Wrap(aroundV6 ? (byte)41 : (byte)4, inner);
                using var pool = new PacketPool();
                using Packet packet = pool.Rent(
                    bytes, new OffloadState { Checksum = ChecksumState.Complete, CompleteSum = PlainSum.Sum(bytes) });
                packet.LinkType = LinkType.Raw;
                Decapsulation result = NetworkTunnelTests.Turned(Tunnel(overV6)).CreateDecapsulator().Decapsulate(packet);
                if (verdict == EcnVerdict.Dropped)
                {
                    Assert.Equal(DecapsulationFault.CongestionLost, result.Fault);
                    Assert.Equal(Convert.ToHexString(bytes), TunnelJudge.Hex(packet));
                    continue;
                }
                Assert.True(result.IsDone);
                byte[] wanted = Frames.Udp(Inner(aroundV6) with { TrafficClass = expected }, new UdpFields(), Frames.Payload(99));
                Assert.Equal(Convert.ToHexString(wanted), TunnelJudge.Hex(packet));
                Assert.Equal(ChecksumState.Complete, packet.Offload.Checksum);
                Assert.Equal(PlainSum.Sum(wanted) % 0xFFFF, packet.Offload.CompleteSum % 0xFFFF);
            }
        }
    }

    private static (int HopLimit, int TypeOfService, bool DontFragment) Sent(Tunnel tunnel, IPFields inner)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Udp(inner, new UdpFields(), [1, 2, 3]), default);
        packet.LinkType = LinkType.Raw;
        Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        if (IPv6Header.TryCreate(packet.Linear, out IPv6Header v6))
            return (v6.HopLimit, v6.TrafficClass, false);
        Assert.True(IPv4Header.TryCreate(packet.Linear, out IPv4Header v4));
        Assert.Equal(0xFFFF, PlainSum.Sum(packet.Linear[..20]));
        return (v4.TimeToLive, v4.TypeOfService, v4.DontFragment);
    }

    private static IPFields Inner(bool isV6) => isV6 ? new IPv6Fields() : new IPv4Fields();

    private static NetworkTunnel Tunnel(bool overV6) => NetworkTunnelTests.Make("ip", overV6) with { Link = null };
}
