using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class MplsInUdpTunnelTests
{
    private const int GsoSize = 555;

    private static readonly PlainEthernet Frame = new();

    public static TheoryData<bool, bool, bool> Kinds => new()
    {
        { false, false, false }, { false, true, true }, { true, false, true }, { true, true, false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packets_go_in_behind_the_labels_and_come_out_without(bool overV6, bool hasChecksum, bool aroundV6)
    {
        IPFields ip = overV6 ? new IPv6Fields() : new IPv4Fields { DontFragment = false };
        var udp = new UdpFields { Checksum = hasChecksum ? FieldChecksum.Good : FieldChecksum.Zero };
        PlainHeader[] outer = [Frame, new PlainIP(ip), new PlainUdp(udp), new PlainMpls(16, TimeToLive: 33), new PlainMpls(1_048_575, TimeToLive: 9)];
        var inner = new PlainFrame(
            [new PlainIP(aroundV6 ? new IPv6Fields { HopLimit = 33 } : new IPv4Fields { HopLimit = 33 }), new PlainTcp(new TcpFields())],
            Frames.Payload(2000));
        var tunnel = new MplsInUdpTunnel
        {
            Local = ip.Source,
            Remote = ip.Destination,
            Link = TunnelJudge.Link,
            SourcePorts = SourcePortRange.Only(40000),
            UdpChecksum = hasChecksum,
            ZeroChecksum6Transmit = !hasChecksum,
            ZeroChecksum6Receive = !hasChecksum,
            Labels = [new MplsLabel(16), new MplsLabel(1_048_575, TimeToLive: 9)],
        };
        TunnelJudge.AssertSends(tunnel, outer, inner, GsoSize);
        TunnelJudge.AssertReceives(NetworkTunnelTests.Turned(tunnel), outer, inner, GsoSize);
    }

    [Fact]
    public void There_is_no_stack_without_a_label()
    {
        var tunnel = new MplsInUdpTunnel { Local = new IPv4Fields().Source, Remote = new IPv4Fields().Destination, Labels = [] };
        Assert.Throws<ArgumentException>(tunnel.CreateEncapsulator);
    }
}
