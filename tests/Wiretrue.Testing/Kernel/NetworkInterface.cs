using System.Net;
using System.Net.Sockets;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel;

/// <summary>What the tests do to network interfaces, by their names, in a network namespace of their own.</summary>
public static class NetworkInterface
{
    /// <summary>The interface's number (<c>ifindex</c>). Not from <c>/sys</c>, which shows another namespace's.</summary>
    public static int IndexOf(string name)
    {
        uint index = Libc.if_nametoindex(name);
        return index != 0 ? (int)index : throw Libc.Failed($"if_nametoindex {name}");
    }

    /// <summary>Sets <paramref name="settings"/> as <c>ip link set</c> has them, and the interface up, without IPv6 of its own.</summary>
    public static void BringUp(string name, params string[] settings)
    {
        // Without this the kernel sends its own IPv6 chatter into the queue that is read.
        File.WriteAllText($"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "1");
        Ip(["link", "set", name, .. settings, "up"]);
    }

    /// <summary>Lets an interface have IPv6 addresses, and none that it gives itself.</summary>
    public static void AllowIPv6(string name)
    {
        File.WriteAllText($"/proc/sys/net/ipv6/conf/{name}/addr_gen_mode", "1");
        File.WriteAllText($"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "0");
    }

    /// <summary>Gives an interface an address, which packets reach once this returns.</summary>
    public static void AddAddress(string name, IPAddress address, int prefix)
    {
        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        Ip(["addr", "add", $"{address}/{prefix}", "dev", name, .. isIPv6 ? (string[])["nodad"] : []]);
        // The kernel leaves the route to an IPv6 address to a worker (addrconf_dad_work), which a busy machine is late with: what comes before is lost.
        string route = $"{Convert.ToHexStringLower(address.GetAddressBytes())} 80 ";
        bool isThere = !isIPv6 || SpinWait.SpinUntil(
            () => File.ReadAllText("/proc/net/ipv6_route").Contains(route, StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        if (!isThere)
            throw new IOException($"{name} has the address {address}, and no packet would reach it.");
    }

    /// <summary>Sends all that one interface receives out of another (tc, mirred).</summary>
    public static void Redirect(string from, string to)
    {
        string tc = Skipping.Probe.Find("tc") ?? "tc";
        ProcessRun.Must(tc, "qdisc", "add", "dev", from, "clsact");
        ProcessRun.Must(
            tc, "filter", "add", "dev", from, "ingress", "protocol", "all", "u32", "match", "u32", "0", "0",
            "action", "mirred", "egress", "redirect", "dev", to);
    }

    /// <summary>Runs <c>ip</c>, which must succeed.</summary>
    public static void Ip(params string[] arguments) => ProcessRun.Must(Skipping.Probe.Find("ip") ?? "ip", arguments);

    /// <summary>Switches a feature of an interface on or off, as <c>ethtool -K</c> does, which must succeed.</summary>
    public static void Ethtool(string name, string feature, string state) =>
        ProcessRun.Must(Skipping.Probe.Find("ethtool") ?? "ethtool", "-K", name, feature, state);
}
