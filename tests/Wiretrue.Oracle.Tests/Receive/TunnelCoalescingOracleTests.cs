using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>The same as <see cref="CoalescingOracleTests"/>, of what comes in tunnels.</summary>
public sealed class TunnelCoalescingOracleTests(ITestOutputHelper output)
{
    [RootTapFact(Gro = true)]
    public void Vxlan_is_coalesced_as_the_kernel_does() => Compare(500, seed: 14, Bursts.Vxlan, prepare: route => route.ListenForVxlan());

    [RootTapFact(Gro = true)]
    public void Gre_is_coalesced_as_the_kernel_does() => Compare(500, seed: 15, Bursts.Gre);

    [RootTapFact(Gro = true)]
    public void Ipip_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 16, random => Bursts.IPInIP(random, isOuterIPv6: false, isInnerIPv6: false));

    [RootTapFact(Gro = true)]
    public void Sit_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 17, random => Bursts.IPInIP(random, isOuterIPv6: false, isInnerIPv6: true));

    [RootTapFact(Gro = true)]
    public void IPv6_in_ipv6_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 18, random => Bursts.IPInIP(random, isOuterIPv6: true, isInnerIPv6: true));

    [RootTapFact(Gro = true)]
    public void IPv4_in_ipv6_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 19, random => Bursts.IPInIP(random, isOuterIPv6: true, isInnerIPv6: false));

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void Everything_at_once_is_coalesced_as_the_kernel_does() => Compare(
        500, seed: 20, Bursts.Mixed, new CoalescerOptions { UdpForwarding = true }, route =>
        {
            route.ListenForVxlan();
            route.Set("rx-udp-gro-forwarding", "on");
        });

    private void Compare(
        int rounds, int seed, Func<Random, BurstSource> sourceOf, CoalescerOptions? options = null, Action<GroRoute>? prepare = null) =>
        CoalescingComparison.Run(output, rounds, seed, sourceOf, options, prepare);
}
