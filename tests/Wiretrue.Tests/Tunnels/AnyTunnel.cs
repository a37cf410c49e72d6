using System.Net;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>A tunnel of any kind, set at random.</summary>
internal static class AnyTunnel
{
    /// <summary>All kinds.</summary>
    public static string[] Kinds { get; } =
    [
        "ip", "mpls", "gre", "gre csum", "gre key", "gre mpls", "gretap", "gretap csum key", "gretap seq", "erspan 1", "erspan 2", "erspan 3",
        "mpls in udp", "vxlan", "vxlan-gpe", "geneve", "gue", "gue direct",
    ];

    /// <summary>Whether it carries Ethernet frames, and not IP packets.</summary>
    public static bool CarriesFrames(Tunnel tunnel) => tunnel is VxlanTunnel or VxlanGpeTunnel or GeneveTunnel or ErspanTunnel or GreTunnel { IsBridge: true };

    /// <summary>One with settings that both ends can have.</summary>
    public static Tunnel Make(string kind, bool overV6, Random random)
    {
        IPFields ip = overV6 ? new IPv6Fields() : new IPv4Fields();
        bool hasChecksum = random.Next(2) == 0;
        Tunnel tunnel = Of(kind, overV6, ip.Source, ip.Destination, hasChecksum);
        if (tunnel is UdpTunnel udp)
            tunnel = udp with { UdpChecksum = hasChecksum, ZeroChecksum6Transmit = !hasChecksum, ZeroChecksum6Receive = !hasChecksum };
        return tunnel with
        {
            Link = random.Next(2) == 0 ? TunnelJudge.Link : null,
            TimeToLive = random.Next(2) == 0 ? null : (byte)9,
            TypeOfService = random.Next(2) == 0 ? null : (byte)0xB8,
            DontFragment = (DontFragment)random.Next(3),
            FlowLabelMode = (FlowLabelMode)random.Next(3),
            Ecn = (EcnMode)random.Next(3),
            FlowHash = new FlowHash((uint)random.Next()),
        };
    }

    private static Tunnel Of(string kind, bool overV6, IPAddress local, IPAddress remote, bool hasChecksum) => kind switch
    {
        "erspan 1" or "erspan 2" or "erspan 3" => new ErspanTunnel
        {
            Local = local,
            Remote = remote,
            Type = (ErspanType)(kind[^1] - '1'),
            SessionId = 99,
        },
        "mpls in udp" => new MplsInUdpTunnel { Local = local, Remote = remote, Labels = [new MplsLabel(16), new MplsLabel(17, 3, 4)] },
        "vxlan" => new VxlanTunnel { Local = local, Remote = remote, NetworkIdentifier = 7 },
        "vxlan-gpe" => new VxlanGpeTunnel { Local = local, Remote = remote, NetworkIdentifier = 7 },
        "geneve" => new GeneveTunnel { Local = local, Remote = remote, NetworkIdentifier = 7, Options = [1, 2, 3, 1, 4, 5, 6, 7] },
        "gue" => new GueTunnel { Local = local, Remote = remote },
        "gue direct" => new GueTunnel { Local = local, Remote = remote, IsDirect = true },
        "gretap seq" => (GreTunnel)NetworkTunnelTests.Make("gretap", overV6) with { HasSequence = true, EncapsulationLimit = 4 },
        _ => NetworkTunnelTests.Make(kind, overV6) with { EncapsulationLimit = hasChecksum ? null : (byte)4 },
    };
}
