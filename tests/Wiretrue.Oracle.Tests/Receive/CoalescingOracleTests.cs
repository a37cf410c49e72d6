using Wiretrue.Receive.Coalescing;
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
    [RootTapFact(Gro = true)]
    public void Tcp_is_coalesced_as_the_kernel_does() => Compare(2_000, seed: 11, Bursts.Tcp);

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void Datagrams_are_coalesced_as_the_kernel_does() => Compare(
        500, seed: 12, Bursts.Udp, new CoalescerOptions { UdpForwarding = true }, route => route.Set("rx-udp-gro-forwarding", "on"));

    [RootTapFact(Gro = true)]
    public void Datagrams_that_nobody_forwards_are_left_alone_as_the_kernel_does() => Compare(100, seed: 13, Bursts.Udp);

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void Fragment_lists_are_made_as_the_kernel_does() => Compare(
        500, seed: 21, random => random.Next(2) == 0 ? Bursts.Udp(random) : Bursts.Tcp(random), new CoalescerOptions { FragmentLists = true },
        route => route.Set("rx-gro-list", "on"));

    [RootTapFact(Gro = true)]
    public void Big_tcp_is_coalesced_as_the_kernel_does() => Compare(
        300, seed: 22, Bursts.BigTcp, new CoalescerOptions { MaxSize = 200_000, MaxIPv4Size = 150_000 },
        route => route.SetMaxSize(200_000, 150_000));

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void Vlan_tags_that_stand_apart_are_heeded_as_the_kernel_does()
    {
        using var route = GroRoute.CreateOverVeth();
        route.Set("rx-udp-gro-forwarding", "on");
        using var comparison = new CoalescingComparison(route, new CoalescerOptions { UdpForwarding = true }, hasTagsApart: true);
        comparison.Run(output, 500, Bursts.Vlan(new Random(23)));
    }

    private void Compare(
        int rounds, int seed, Func<Random, BurstSource> sourceOf, CoalescerOptions? options = null, Action<GroRoute>? prepare = null) =>
        CoalescingComparison.Run(output, rounds, seed, sourceOf, options, prepare);
}
