using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class VxlanTunnelTests
{
    private const int GsoSize = 997;

    private static readonly PlainEthernet Frame = new();
    private static readonly IPv4Fields V4 = new() { DontFragment = false };
    private static readonly IPv6Fields V6 = new();
    private static readonly PlainHeader[] TcpInside = [Frame, new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())];
    private static readonly PlainHeader[] UdpInside = [Frame, new PlainIP(new IPv6Fields()), new PlainUdp(new UdpFields())];

    public static TheoryData<bool, bool, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<bool, bool, bool>();
            foreach (bool isV6 in (bool[])[false, true])
            {
                foreach (bool hasChecksum in (bool[])[false, true])
                {
                    kinds.Add(isV6, hasChecksum, false);
                    kinds.Add(isV6, hasChecksum, true);
                }
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_sent_is_what_plain_code_builds(bool isV6, bool hasChecksum, bool isUdp)
    {
        var inner = new PlainFrame(isUdp ? UdpInside : TcpInside, Frames.Payload(4321));
        TunnelJudge.AssertSends(Tunnel(isV6, hasChecksum), Outer(isV6, hasChecksum), inner, GsoSize);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_received_is_what_was_inside(bool isV6, bool hasChecksum, bool isUdp)
    {
        var inner = new PlainFrame(isUdp ? UdpInside : TcpInside, Frames.Payload(4321));
        TunnelJudge.AssertReceives(Turned(Tunnel(isV6, hasChecksum)), Outer(isV6, hasChecksum), inner, GsoSize);
    }

    private static PlainHeader[] Outer(bool isV6, bool hasChecksum)
    {
        var udp = new UdpFields { Checksum = hasChecksum ? FieldChecksum.Good : FieldChecksum.Zero };
        return [Frame, new PlainIP(isV6 ? V6 : V4), new PlainUdp(udp), new PlainVxlan(66)];
    }

    private static VxlanTunnel Tunnel(bool isV6, bool hasChecksum)
    {
        IPFields ip = isV6 ? V6 : V4;
        return new VxlanTunnel
        {
            Local = ip.Source,
            Remote = ip.Destination,
            Link = TunnelJudge.Link,
            NetworkIdentifier = 66,
            SourcePorts = SourcePortRange.Only(40000),
            UdpChecksum = hasChecksum,
            ZeroChecksum6Transmit = !hasChecksum,
            ZeroChecksum6Receive = !hasChecksum,
        };
    }

    /// <summary>The other end.</summary>
    private static VxlanTunnel Turned(VxlanTunnel tunnel) => tunnel with { Local = tunnel.Remote, Remote = tunnel.Local };
}
