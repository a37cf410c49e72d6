using System.Net;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>IP in IP, and GRE of every shape, over both families and around both.</summary>
public sealed class NetworkTunnelTests
{
    private const int GsoSize = 997;

    private static readonly PlainEthernet Frame = new();
    private static readonly byte[] Limited = [0, 0, 4, 1, 4, 1, 1, 0];

    /// <summary>Every kind, over IPv4 and IPv6, around IPv4 and IPv6, TCP and UDP.</summary>
    public static TheoryData<string, bool, bool, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, bool, bool, bool>();
            foreach (string kind in (string[])["ip", "mpls", "gre", "gre key", "gre csum", "gre csum key", "gre mpls", "gretap", "gretap csum key"])
            {
                for (int i = 0; i < 8; i++)
                    kinds.Add(kind, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_sent_is_what_plain_code_builds(string kind, bool overV6, bool aroundV6, bool isUdp) =>
        TunnelJudge.AssertSends(Make(kind, overV6), Outer(kind, overV6), Inner(kind, aroundV6, isUdp), GsoSize);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_received_is_what_was_inside(string kind, bool overV6, bool aroundV6, bool isUdp) =>
        TunnelJudge.AssertReceives(Turned(Make(kind, overV6)), Outer(kind, overV6), Inner(kind, aroundV6, isUdp), GsoSize);

    [Theory]
    [InlineData("ip")]
    [InlineData("gre csum key")]
    [InlineData("gretap")]
    public void The_encapsulation_limit_is_said_in_destination_options(string kind)
    {
        NetworkTunnel tunnel = Make(kind, overV6: true) with { EncapsulationLimit = NetworkTunnel.DefaultEncapsulationLimit };
        PlainHeader[] outer = Outer(kind, overV6: true);
        outer[1] = new PlainIP(new IPv6Fields { Extensions = [(60, Limited)] });
        TunnelJudge.AssertSends(tunnel, outer, Inner(kind, aroundV6: true, isUdp: false), GsoSize);
        TunnelJudge.AssertReceives(Turned(tunnel), outer, Inner(kind, aroundV6: true, isUdp: false), GsoSize);
    }

    private static PlainFrame Inner(string kind, bool aroundV6, bool isUdp)
    {
        // Not the default hop limit: labels take it over.
        IPFields ip = aroundV6 ? new IPv6Fields { HopLimit = 77 } : new IPv4Fields { HopLimit = 77 };
        PlainHeader transport = isUdp ? new PlainUdp(new UdpFields()) : new PlainTcp(new TcpFields());
        PlainHeader[] link = kind.StartsWith("gretap", StringComparison.Ordinal) ? [Frame] : [];
        return new PlainFrame([.. link, new PlainIP(ip), transport], Frames.Payload(4321));
    }

    private static PlainHeader[] Outer(string kind, bool overV6)
    {
        PlainHeader[] outer = [Frame, new PlainIP(overV6 ? new IPv6Fields() : new IPv4Fields { DontFragment = false })];
        bool hasChecksum = kind.Contains("csum", StringComparison.Ordinal);
        uint? key = kind.Contains("key", StringComparison.Ordinal) ? 0x01020304 : null;
        if (kind.StartsWith("gre", StringComparison.Ordinal))
            outer = [.. outer, new PlainGre(hasChecksum, key)];
        if (kind.Contains("mpls", StringComparison.Ordinal))
            outer = [.. outer, new PlainMpls(100, TimeToLive: 77), new PlainMpls(200, TimeToLive: 9)];
        return outer;
    }

    internal static NetworkTunnel Make(string kind, bool overV6)
    {
        IPFields ip = overV6 ? new IPv6Fields() : new IPv4Fields();
        (IPAddress local, IPAddress remote) = (ip.Source, ip.Destination);
        MplsLabel[] labels = kind.Contains("mpls", StringComparison.Ordinal) ? [new MplsLabel(100), new MplsLabel(200, TimeToLive: 9)] : [];
        if (!kind.StartsWith("gre", StringComparison.Ordinal))
            return new IPTunnel { Local = local, Remote = remote, Link = TunnelJudge.Link, EncapsulationLimit = null, Labels = labels };
        return new GreTunnel
        {
            Local = local,
            Remote = remote,
            Link = TunnelJudge.Link,
            EncapsulationLimit = null,
            Labels = labels,
            IsBridge = kind.StartsWith("gretap", StringComparison.Ordinal),
            HasChecksum = kind.Contains("csum", StringComparison.Ordinal),
            Key = kind.Contains("key", StringComparison.Ordinal) ? 0x01020304 : null,
        };
    }

    /// <summary>The other end.</summary>
    internal static T Turned<T>(T tunnel)
        where T : Tunnel => (T)(tunnel with { Local = tunnel.Remote, Remote = tunnel.Local });
}
