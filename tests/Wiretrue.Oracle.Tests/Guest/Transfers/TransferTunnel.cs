using System.Net;
using Wiretrue.Headers;
using Wiretrue.Tunnels;

namespace Wiretrue.Oracle.Tests.Guest.Transfers;

/// <summary>A tunnel between the guest's driver and ours.</summary>
/// <param name="Name">What it is, for a failing test to say.</param>
/// <param name="OverV6">The outer packets are IPv6.</param>
/// <param name="Inner">The versions that it carries.</param>
/// <param name="Setup">What the guest's <c>ip</c> is told to make the device <c>NAME</c>, from <c>LOCAL</c> to <c>REMOTE</c>.</param>
/// <param name="End">Our end of it, by the two addresses.</param>
public sealed record TransferTunnel(string Name, bool OverV6, int[] Inner, string Setup, Func<IPAddress, IPAddress, Tunnel> End)
{
    private const string Addresses = "local LOCAL remote REMOTE";
    private const ushort Port4 = 5504, Port6 = 5541, OtherGeneve = GeneveTunnel.AssignedPort + 1;

    private static readonly int[] V4 = [4], V6 = [6], Both = [4, 6];

    /// <summary>It carries Ethernet frames, and not IP packets.</summary>
    public bool IsBridge { get; init; }

    /// <summary>What has to be told to whoever looks at the packets, as nobody assigned these ports.</summary>
    public static TunnelPorts TunnelPorts { get; } =
        TunnelPorts.Assigned.With(Port4, LayerKind.IPv4).With(Port6, LayerKind.IPv6).With(OtherGeneve, LayerKind.Geneve);

    /// <summary>What the guest is told before: the ports of tunnels in UDP that no device opens.</summary>
    public static string Ports => $"ip fou add port {Port4} ipproto 4; ip fou add port {Port6} ipproto 41; ip fou add port 6080 gue";

    /// <summary>Everything that both ends have.</summary>
    public static IReadOnlyList<TransferTunnel> All { get; } =
    [
        Geneve(false, true), Geneve(false, false), Geneve(true, true), Geneve(true, false),
        Gre("gre", "", false), Gre("gre", "csum key 9", false), Gre("gre", "seq csum", false), Gre("gretap", "", false), Gre("gretap", "csum key 11", false),
        Gre("ip6gre", "", true), Gre("ip6gre", "csum key 9 encaplimit none", true), Gre("ip6gre", "seq", true),
        Gre("ip6gretap", "", true), Gre("ip6gretap", "csum key 11", true),
        Fou("ipip", V4, Port4, true), Fou("ipip", V4, Port4, false), Fou("sit", V6, Port6, true),
        Gue("ipip", V4, ""), Gue("ipip", V4, "encap-csum"), Gue("sit", V6, "encap-csum"),
        Gue("ipip", V4, "encap-csum encap-remcsum"), Gue("sit", V6, "encap-csum encap-remcsum"),
        new("ipip", false, V4, $"type ipip {Addresses} ttl 64", (local, remote) => new IPTunnel { Local = local, Remote = remote }),
        new("sit", false, V6, $"type sit {Addresses} ttl 64", (local, remote) => new IPTunnel { Local = local, Remote = remote }),
        new("ip6tnl", true, Both, $"type ip6tnl mode any {Addresses}", (local, remote) => new IPTunnel { Local = local, Remote = remote }),
        Erspan("erspan", 1, false), Erspan("erspan", 2, false), Erspan("ip6erspan", 2, true),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TransferTunnel Geneve(bool overV6, bool hasChecksum)
    {
        string sum = overV6
            ? hasChecksum ? "noudp6zerocsumtx" : "udp6zerocsumtx udp6zerocsumrx"
            : hasChecksum ? "udpcsum" : "noudpcsum";
        // A socket that takes no checksum takes none of any device, so the two do not share one.
        ushort port = hasChecksum ? GeneveTunnel.AssignedPort : OtherGeneve;
        return new($"geneve {sum} over IPv{(overV6 ? 6 : 4)}", overV6, Both, $"type geneve id 5 dstport {port} remote REMOTE ttl 64 {sum}",
            (local, remote) => new GeneveTunnel
            {
                Local = local,
                Remote = remote,
                DestinationPort = port,
                NetworkIdentifier = 5,
                UdpChecksum = hasChecksum,
                ZeroChecksum6Transmit = !hasChecksum,
                ZeroChecksum6Receive = !hasChecksum,
            })
        {
            IsBridge = true,
        };
    }

    private static TransferTunnel Gre(string type, string options, bool overV6)
    {
        string ttl = overV6 ? "hoplimit 64" : "ttl 64";
        uint? key = options.Contains("key 9", StringComparison.Ordinal) ? 9u : options.Contains("key 11", StringComparison.Ordinal) ? 11u : null;
        bool isBridge = type.EndsWith("tap", StringComparison.Ordinal);
        return new($"{type} {options}", overV6, Both, $"type {type} {Addresses} {ttl} {options}", (local, remote) => new GreTunnel
        {
            Local = local,
            Remote = remote,
            IsBridge = isBridge,
            HasChecksum = options.Contains("csum", StringComparison.Ordinal),
            HasSequence = options.Contains("seq", StringComparison.Ordinal),
            Key = key,
            EncapsulationLimit = options.Contains("encaplimit none", StringComparison.Ordinal) ? null : NetworkTunnel.DefaultEncapsulationLimit,
        })
        {
            IsBridge = isBridge,
        };
    }

    private static TransferTunnel Erspan(string type, int version, bool overV6)
    {
        string ttl = overV6 ? "hoplimit 64" : "ttl 64";
        string options = version == 1 ? "erspan_ver 1 erspan 123" : "erspan_ver 2 erspan_dir ingress erspan_hwid 7";
        return new($"{type} {version}", overV6, Both, $"type {type} seq key 77 {Addresses} {ttl} {options}", (local, remote) => new ErspanTunnel
        {
            Local = local,
            Remote = remote,
            Type = version == 1 ? ErspanType.TypeII : ErspanType.TypeIII,
            SessionId = 77,
            Index = 321,
        })
        {
            IsBridge = true,
        };
    }

    private static TransferTunnel Fou(string type, int[] inner, ushort port, bool hasChecksum)
    {
        string sum = hasChecksum ? "encap-csum" : "noencap-csum";
        IPProtocol protocol = inner[0] == 4 ? IPProtocol.IPv4 : IPProtocol.IPv6;
        return new($"{type} over fou {sum}", false, inner, $"type {type} {Addresses} ttl 64 encap fou encap-sport auto encap-dport {port} {sum}",
            (local, remote) => new FouTunnel(port, protocol) { Local = local, Remote = remote, UdpChecksum = hasChecksum });
    }

    private static TransferTunnel Gue(string type, int[] inner, string options) =>
        new($"{type} over gue {options}", false, inner, $"type {type} {Addresses} ttl 64 encap gue encap-sport auto encap-dport 6080 {options}",
            (local, remote) => new GueTunnel
            {
                Local = local,
                Remote = remote,
                UdpChecksum = options.Contains("csum", StringComparison.Ordinal),
                RemoteChecksum = new RemoteChecksumOptions
                {
                    Transmit = options.Contains("remcsum", StringComparison.Ordinal),
                    Receive = options.Contains("remcsum", StringComparison.Ordinal),
                },
            });
}
