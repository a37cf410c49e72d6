using System.Net;
using Wiretrue.Testing.Guest;

namespace Wiretrue.Oracle.Tests.Guest.Transfers;

/// <summary>A guest with the other end of every <see cref="TransferTunnel"/>, and a program that answers transfers through all of them.</summary>
public sealed class TransferGuest : IDisposable
{
    /// <summary>Where the guest answers.</summary>
    public const int Port = 5001;

    /// <summary>The guest's card, and what is at the other end of its cable.</summary>
    public const string OwnMac = "02:00:00:00:00:0a", OtherMac = "02:00:00:00:00:0b";

    private GuestMachine? _machine;
    private GuestPort? _port;

    /// <summary>The cable; the guest is started when it is first asked for.</summary>
    public GuestPort Cable => _port ?? Start();

    /// <summary>Where all tunnels begin, in the guest.</summary>
    public static IPAddress Begin(bool isV6) => IPAddress.Parse(isV6 ? "2001:db8:ffff::fe" : "203.0.113.254");

    /// <summary>Where a tunnel ends, on our side.</summary>
    public static IPAddress EndOf(int tunnel, bool isV6) =>
        IPAddress.Parse(isV6 ? $"2001:db8:ffff::{tunnel + 1:x}" : $"203.0.113.{tunnel + 1}");

    /// <summary>The guest's address inside of a tunnel.</summary>
    public static IPAddress Server(int tunnel, bool isV6) => Inside(tunnel, isV6, 1);

    /// <summary>Ours.</summary>
    public static IPAddress Client(int tunnel, bool isV6) => Inside(tunnel, isV6, 2);

    /// <summary>What the guest says of a tunnel's device, for a failing test to print.</summary>
    public string Describe(int tunnel) =>
        _machine!.Run($"ip -s -d link show t{tunnel}; grep -E 'Udp|Tcp|Ip:' /proc/net/snmp; grep -E 'Udp6In|Ip6In' /proc/net/snmp6; dmesg | tail -5");

    /// <inheritdoc/>
    public void Dispose()
    {
        _machine?.Dispose();
        _port?.Dispose();
    }

    private static IPAddress Inside(int tunnel, bool isV6, int end) =>
        IPAddress.Parse(isV6 ? $"2001:db8:{tunnel + 1:x}::{end}" : $"198.51.100.{(4 * tunnel) + end}");

    private GuestPort Start()
    {
        _port = GuestPort.Create(OwnMac, canOffload: true);
        _machine = GuestMachine.Start(_port);
        _machine.Run("modprobe -a geneve ip_gre ip6_gre ipip sit ip6_tunnel fou fou6");
        _machine.Run("""
            cd /proc/sys/net; for f in ipv6/conf/*/accept_dad ipv6/conf/*/router_solicitations ipv4/conf/*/rp_filter; do echo 0 > $f; done; cd /root
            ip addr add 203.0.113.254/24 dev eth0; ip addr add 2001:db8:ffff::fe/64 dev eth0 nodad; ip link set eth0 up
            """);
        _machine.Run(TransferTunnel.Ports);
        List<string> batch = [];
        for (int i = 0; i < TransferTunnel.All.Count; i++)
            Configure(TransferTunnel.All[i], i, batch);
        // Each program that is started takes the emulated processor long: so this is one.
        _machine.Run($"printf '{string.Join("\\n", batch)}\\n' >/tmp/batch; ip -batch /tmp/batch");
        _machine.Run($"python3 transfer.py {Port} >/tmp/answering 2>&1 &");
        _machine.Run("until grep -q listening /tmp/answering; do sleep 0.1; done");
        return _port;
    }

    private static void Configure(TransferTunnel tunnel, int index, List<string> batch)
    {
        string setup = tunnel.Setup.Replace("NAME", $"t{index}").Replace("LOCAL", $"{Begin(tunnel.OverV6)}")
            .Replace("REMOTE", $"{EndOf(index, tunnel.OverV6)}");
        batch.Add($"neigh replace {EndOf(index, tunnel.OverV6)} lladdr {OtherMac} dev eth0 nud permanent");
        batch.Add($"link add t{index} {setup}");
        batch.Add($"link set t{index} up");
        if (tunnel.Inner.Contains(4))
            batch.Add($"addr add {Server(index, false)}/30 dev t{index}");
        if (tunnel.Inner.Contains(6))
            batch.Add($"addr add {Server(index, true)}/64 dev t{index} nodad");
    }
}
