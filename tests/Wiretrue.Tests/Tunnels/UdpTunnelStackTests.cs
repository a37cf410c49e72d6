using System.Net;
using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Each kind of tunnel over UDP by name, over both families, with and without checksums, around TCP and UDP.</summary>
public sealed class UdpTunnelStackTests
{
    private const int GsoSize = 997;

    private static readonly IPAddress Nowhere = IPAddress.Any;
    private static readonly PlainEthernet Frame = new();
    private static readonly PlainIP V4 = new(new IPv4Fields());
    private static readonly PlainIP V6 = new(new IPv6Fields());
    private static readonly byte[] Option = [1, 2, 3, 1, 0, 0, 0, 9];
    private static readonly RemoteChecksumOptions Remote = new() { Transmit = true, Receive = true, AllowsUnprotected = true };
    private static readonly VxlanTunnel Vxlan = new() { Local = Nowhere, Remote = Nowhere, NetworkIdentifier = 66 };
    private static readonly VxlanGpeTunnel Gpe = new() { Local = Nowhere, Remote = Nowhere, NetworkIdentifier = 7 };
    private static readonly GeneveTunnel Geneve = new() { Local = Nowhere, Remote = Nowhere, NetworkIdentifier = 9 };
    private static readonly GueTunnel Gue = new() { Local = Nowhere, Remote = Nowhere };

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["VXLAN"] = new([new PlainVxlan(66)], [Frame], Vxlan),
        ["VXLAN around a tag"] = new([new PlainVxlan(66)], [Frame, new PlainVlan(0x8100, 5)], Vxlan),
        ["VXLAN with group policy"] = new([new PlainVxlan(66, 0x1234)], [Frame], Vxlan with { GroupPolicy = new GroupPolicy(0x1234) }),
        ["VXLAN with remote checksums"] = new(
            [new PlainVxlan(66, HasRemoteChecksum: true)], [Frame], Vxlan with { RemoteChecksum = Remote }),
        ["VXLAN with remote checksums, at once"] = new(
            [new PlainVxlan(66, HasRemoteChecksum: true)], [Frame], Vxlan with { RemoteChecksum = Remote with { IsEager = true } }),
        ["VXLAN-GPE with Ethernet"] = new([new PlainVxlanGpe(7)], [Frame], Gpe),
        ["VXLAN-GPE with IP"] = new([new PlainVxlanGpe(7)], [], Gpe),
        ["Geneve"] = new([new PlainGeneve(9, [])], [Frame], Geneve),
        ["Geneve with options"] = new([new PlainGeneve(9, Option)], [Frame], Geneve with { Options = [.. Option] }),
        ["Geneve with options and IP"] = new([new PlainGeneve(9, Option)], [], Geneve with { Options = [.. Option] }),
        ["GUE"] = new([new PlainGue()], [], Gue),
        ["GUE with remote checksums"] = new([new PlainGue(HasRemoteChecksum: true)], [], Gue with { RemoteChecksum = Remote }),
        ["GUE with remote checksums, at once"] = new(
            [new PlainGue(HasRemoteChecksum: true)], [], Gue with { RemoteChecksum = Remote with { IsEager = true } }),
        ["GUE without its header"] = new([], [], Gue with { IsDirect = true }),
        ["FOU of IPv4"] = new([], [], new FouTunnel(5504, IPProtocol.IPv4) { Local = Nowhere, Remote = Nowhere }, V4),
        ["FOU of IPv6"] = new([], [], new FouTunnel(5541, IPProtocol.IPv6) { Local = Nowhere, Remote = Nowhere }, V6),
    };

    public static TheoryData<string, bool, bool> Names
    {
        get
        {
            var names = new TheoryData<string, bool, bool>();
            foreach (string name in Kinds.Keys)
            {
                foreach ((bool isV6, bool hasChecksum) in ((bool, bool)[])[(false, true), (false, false), (true, true), (true, false)])
                    names.Add(name, isV6, hasChecksum);
            }
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_sent_is_what_plain_code_builds(string name, bool isV6, bool hasChecksum) =>
        ForEachInside(name, isV6, hasChecksum, (tunnel, outer, inner) => TunnelJudge.AssertSends(tunnel, outer, inner, GsoSize));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_received_is_what_was_inside(string name, bool isV6, bool hasChecksum) => ForEachInside(
        name, isV6, hasChecksum, (tunnel, outer, inner) => TunnelJudge.AssertReceives(TunnelJudge.Turned(tunnel), outer, inner, GsoSize));

    private static void ForEachInside(string name, bool isV6, bool hasChecksum, Action<Tunnel, PlainHeader[], PlainFrame> assert)
    {
        Kind kind = Kinds[name];
        IPFields ip = isV6 ? new IPv6Fields() : new IPv4Fields { DontFragment = false };
        UdpTunnel tunnel = kind.Tunnel with
        {
            Local = ip.Source,
            Remote = ip.Destination,
            Link = TunnelJudge.Link,
            SourcePorts = SourcePortRange.Only(40000),
            UdpChecksum = hasChecksum,
            ZeroChecksum6Transmit = !hasChecksum,
            ZeroChecksum6Receive = !hasChecksum,
        };
        var fields = new UdpFields { Checksum = hasChecksum ? FieldChecksum.Good : FieldChecksum.Zero };
        PlainHeader[] outer = [Frame, new PlainIP(ip), new PlainUdp(fields, tunnel.DestinationPort), .. kind.Headers];
        foreach (PlainIP inside in kind.Only is { } only ? (PlainIP[])[only] : [V4, V6])
        {
            foreach (PlainHeader transport in (PlainHeader[])[new PlainTcp(new TcpFields()), new PlainUdp(new UdpFields())])
                assert(tunnel, outer, new PlainFrame([.. kind.Inside, inside, transport], Frames.Payload(4321)));
        }
    }

    /// <summary>One kind of tunnel.</summary>
    /// <param name="Headers">What it puts between UDP and what it carries.</param>
    /// <param name="Inside">What stands before the inner IP header.</param>
    /// <param name="Tunnel">The tunnel, but for its addresses and checksums.</param>
    /// <param name="Only">What it is for, where it is for one kind of IP packet.</param>
    private sealed record Kind(PlainHeader[] Headers, PlainHeader[] Inside, UdpTunnel Tunnel, PlainIP? Only = null);
}
