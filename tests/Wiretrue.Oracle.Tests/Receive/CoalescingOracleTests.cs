using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>
/// The running kernel and the <see cref="Coalescer"/> make of the same seeded random bursts the same super-frames: in bytes, order, and what is
/// said of them.
/// </summary>
public sealed class CoalescingOracleTests(ITestOutputHelper output)
{
    [RootTapFact(Bpf = true)]
    public void Tcp_is_coalesced_as_the_kernel_does() => Compare(2_000, seed: 11, Bursts.Tcp);

    [RootTapFact(Bpf = true, Tool = "ethtool")]
    public void Datagrams_are_coalesced_as_the_kernel_does() => Compare(
        500, seed: 12, Bursts.Udp, new CoalescerOptions { UdpForwarding = true }, route => route.Set("rx-udp-gro-forwarding", "on"));

    [RootTapFact(Bpf = true)]
    public void Datagrams_that_nobody_forwards_are_left_alone_as_the_kernel_does() => Compare(100, seed: 13, Bursts.Udp);

    [RootTapFact(Bpf = true)]
    public void Vxlan_is_coalesced_as_the_kernel_does() => Compare(500, seed: 14, Bursts.Vxlan, prepare: route => route.ListenForVxlan());

    [RootTapFact(Bpf = true)]
    public void Gre_is_coalesced_as_the_kernel_does() => Compare(500, seed: 15, Bursts.Gre);

    [RootTapFact(Bpf = true)]
    public void Ipip_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 16, random => Bursts.IPInIP(random, isOuterIPv6: false, isInnerIPv6: false));

    [RootTapFact(Bpf = true)]
    public void Sit_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 17, random => Bursts.IPInIP(random, isOuterIPv6: false, isInnerIPv6: true));

    [RootTapFact(Bpf = true)]
    public void IPv6_in_ipv6_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 18, random => Bursts.IPInIP(random, isOuterIPv6: true, isInnerIPv6: true));

    [RootTapFact(Bpf = true)]
    public void IPv4_in_ipv6_is_coalesced_as_the_kernel_does() =>
        Compare(300, seed: 19, random => Bursts.IPInIP(random, isOuterIPv6: true, isInnerIPv6: false));

    [RootTapFact(Bpf = true, Tool = "ethtool")]
    public void Everything_at_once_is_coalesced_as_the_kernel_does() => Compare(
        500, seed: 20, Bursts.Mixed, new CoalescerOptions { UdpForwarding = true }, route =>
        {
            route.ListenForVxlan();
            route.Set("rx-udp-gro-forwarding", "on");
        });

    [RootTapFact(Bpf = true, Tool = "ethtool")]
    public void Fragment_lists_are_made_as_the_kernel_does() => Compare(
        500, seed: 21, random => random.Next(2) == 0 ? Bursts.Udp(random) : Bursts.Tcp(random), new CoalescerOptions { FragmentLists = true },
        route => route.Set("rx-gro-list", "on"));

    [RootTapFact(Bpf = true)]
    public void Big_tcp_is_coalesced_as_the_kernel_does() => Compare(
        300, seed: 22, Bursts.BigTcp, new CoalescerOptions { MaxSize = 200_000, MaxIPv4Size = 150_000 },
        route => route.SetMaxSize(200_000, 150_000));

    private void Compare(
        int rounds, int seed, Func<Random, BurstSource> sourceOf, CoalescerOptions? options = null, Action<GroRoute>? prepare = null)
    {
        using var route = GroRoute.Create();
        prepare?.Invoke(route);
        using var comparison = new CoalescingComparison(route, options);
        BurstSource source = sourceOf(new Random(seed));
        for (int i = 0; i < LongRun.Times(rounds); i++)
            comparison.Compare(source.Next(), $"burst {i} of seed {seed}");
        comparison.Report(output);
    }
}
