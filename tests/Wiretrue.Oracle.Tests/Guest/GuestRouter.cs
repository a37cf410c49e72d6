using System.Diagnostics;
using System.Net;
using Wiretrue.Testing.Guest;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>
/// A guest that routes: super-frames come in by <c>eth0</c>, whose card leaves them whole, go through the tunnel that their destination
/// chooses, and leave by <c>eth1</c>, whose card can do nothing, so the guest's kernel has to cut them.
/// </summary>
public sealed class GuestRouter : IDisposable
{
    // The addresses of the built frames: those that come have to be the router's own, and those that leave look the same.
    private const string OwnMac = "02:00:00:00:00:0a", OtherMac = "02:00:00:00:00:0b";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly GuestPort _in;
    private readonly GuestPort _out;
    private readonly GuestMachine _machine;

    private GuestRouter(GuestPort inner, GuestPort outer, GuestMachine machine)
    {
        _in = inner;
        _out = outer;
        _machine = machine;
    }

    /// <summary>Starts one with all of <paramref name="tunnels"/>, which a destination address chooses by its place in the list.</summary>
    public static GuestRouter Start(IReadOnlyList<GuestTunnel> tunnels)
    {
        GuestPort inner = GuestPort.Create(OtherMac, canOffload: true), outer = GuestPort.Create(OwnMac, canOffload: false);
        var router = new GuestRouter(inner, outer, GuestMachine.Start(inner, outer));
        try
        {
            router.Configure(tunnels);
            return router;
        }
        catch
        {
            router.Dispose();
            throw;
        }
    }

    /// <summary>Where a packet has to go to be sent through a tunnel.</summary>
    public static IPAddress DestinationOf(int tunnel, bool isIPv4) =>
        IPAddress.Parse(isIPv4 ? $"198.51.100.{tunnel + 1}" : $"2001:db8:{tunnel + 1:x}::1");

    /// <summary>Where a tunnel ends.</summary>
    public static IPAddress EndOf(int tunnel, bool isIPv4) =>
        IPAddress.Parse(isIPv4 ? $"203.0.113.{tunnel + 1}" : $"2001:db8:ffff::{tunnel + 1:x}");

    /// <summary>Where all tunnels begin.</summary>
    public static IPAddress Begin(bool isIPv4) => IPAddress.Parse(isIPv4 ? "203.0.113.254" : "2001:db8:ffff::fe");

    /// <summary>Configures it further.</summary>
    public void Run(string command) => _machine.Run(command);

    /// <summary>Sends super-frames in, one behind the other, and sorts what comes out.</summary>
    /// <returns>The frames of each, all of them or those that came in time; null for one whose header the running kernel refuses.</returns>
    public List<byte[]>?[] Pass(IReadOnlyList<GuestParcel> parcels)
    {
        Drain();
        bool[] sent = [.. parcels.Select(parcel => _in.TrySend(parcel.Header, parcel.Frame))];
        List<byte[]>[] frames = Receive([.. parcels.Select((parcel, i) => parcel with { Count = sent[i] ? parcel.Count : 0 })]);
        return [.. frames.Select((list, i) => sent[i] ? list : null)];
    }

    /// <summary>Has the guest send super-datagrams from a socket of its own (<c>UDP_SEGMENT</c>), and sorts what comes out.</summary>
    public List<byte[]>[] SendDatagrams(
        IReadOnlyList<GuestParcel> parcels, IReadOnlyList<(IPAddress Destination, int Length, int Size)> datagrams)
    {
        Drain();
        IEnumerable<string> arguments = datagrams.Select(d => $"{d.Destination} {d.Length} {d.Size}");
        _machine.Run($"python3 udp.py {SenderOf(true)},{SenderOf(false)} {string.Join(' ', arguments)}");
        return Receive(parcels);
    }

    /// <summary>Where the guest's own datagrams come from.</summary>
    public static IPAddress SenderOf(bool isIPv4) => IPAddress.Parse(isIPv4 ? "192.0.2.254" : "2001:db8::fe");

    // What came too late, or was not asked for.
    private void Drain()
    {
        while (_out.TryReceive() is not null)
            continue;
    }

    private List<byte[]>[] Receive(IReadOnlyList<GuestParcel> parcels)
    {
        List<byte[]>[] frames = [.. parcels.Select(_ => new List<byte[]>())];
        int missing = parcels.Sum(parcel => parcel.Count);
        long last = Stopwatch.GetTimestamp();
        while (missing > 0 && Stopwatch.GetElapsedTime(last) < Patience)
        {
            if (_out.TryReceive() is not { } received)
            {
                _out.WaitToReceive(Patience);
                continue;
            }
            for (int i = 0; i < parcels.Count; i++)
            {
                if (received.AsSpan().IndexOf(parcels[i].Addresses) < 0)
                    continue;
                frames[i].Add(received);
                missing--;
                last = Stopwatch.GetTimestamp();
                break;
            }
        }
        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _machine.Dispose();
        _in.Dispose();
        _out.Dispose();
    }

    private void Configure(IReadOnlyList<GuestTunnel> tunnels)
    {
        _machine.Run("modprobe -a geneve vxlan ip_gre ip6_gre ipip sit ip6_tunnel fou fou6 8021q mpls_router mpls_iptunnel mpls_gso");
        _machine.Run("""
            cd /proc/sys/net; for f in ipv6/conf/*/accept_dad ipv6/conf/*/router_solicitations ipv4/conf/*/rp_filter; do echo 0 > $f; done
            echo 1 > ipv4/ip_forward; echo 1 > ipv6/conf/all/forwarding; echo 0 > mpls/ip_ttl_propagate; echo 64 > mpls/default_ttl; cd /root
            for d in eth0 eth1; do ip link set $d mtu 65535 up; done
            ip addr add 203.0.113.254/24 dev eth1; ip addr add 2001:db8:ffff::fe/64 dev eth1 nodad
            """);
        _machine.Run($"ip addr add {SenderOf(true)}/24 dev eth0; ip addr add {SenderOf(false)}/64 dev eth0 nodad");
        var batch = new List<string>();
        for (int i = 0; i < tunnels.Count; i++)
            Configure(tunnels[i], i, batch);
        if (batch.Count == 0)
            return;
        // Each program that is started takes the emulated processor long: so this is one.
        _machine.Run($"printf '{string.Join("\\n", batch)}\\n' >/tmp/batch; ip -batch /tmp/batch");
    }

    private static void Configure(GuestTunnel tunnel, int index, List<string> batch)
    {
        bool isIPv4 = tunnel.Outer == 4;
        string name = $"t{index}";
        if (tunnel.Outer != 0)
            batch.Add(Neighbour(EndOf(index, isIPv4), "eth1"));
        if (tunnel.Setup.Length > 0)
        {
            batch.Add(tunnel.Setup
                .Replace("NAME", name).Replace("LOCAL", $"{Begin(isIPv4)}").Replace("REMOTE", $"{EndOf(index, isIPv4)}").Replace("ID", $"{index + 1}"));
            if (tunnel.IsLink)
                batch.Add($"link set {name} address {OwnMac}");
            batch.Add($"link set {name} mtu 60000 up");
        }
        foreach (bool inner in tunnel.Inner.Select(version => version == 4))
        {
            string via = inner ? "203.0.113.253" : "2001:db8:ffff::fd";
            IPAddress destination = DestinationOf(index, inner);
            batch.Add($"route add {destination} {tunnel.Route.Replace("NAME", name).Replace("VIA", via)}");
            if (tunnel.IsLink)
                batch.Add(Neighbour(destination, name));
            else if (tunnel.Setup.Length == 0)
                batch.Add(Neighbour(IPAddress.Parse(via), "eth1"));
        }
    }

    /// <summary>What <c>ip</c> is told for an address to be on the other end of a device's cable.</summary>
    public static string Neighbour(IPAddress address, string device) =>
        $"neigh replace {address} lladdr {OtherMac} dev {device} nud permanent";
}
