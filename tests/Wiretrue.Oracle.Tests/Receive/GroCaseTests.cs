using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>The running kernel coalesces the known cases as is known of it.</summary>
public sealed class GroCaseTests
{
    [RootTapFact(Bpf = true)]
    public void The_kernel_coalesces_tcp_as_is_known_of_it()
    {
        using var route = GroRoute.Create();
        Check(route, GroCases.Tcp());
    }

    [RootTapFact(Bpf = true, Tool = "ethtool")]
    public void The_kernel_coalesces_datagrams_as_is_known_of_it()
    {
        using var route = GroRoute.Create();
        Assert.All(route.Receive(GroCases.Udp().First().Burst), frame => Assert.False(frame.State.IsGso));
        route.Set("rx-udp-gro-forwarding", "on");
        Check(route, GroCases.Udp());
    }

    private static void Check(GroRoute route, IEnumerable<GroCase> cases) => Assert.Multiple([.. cases.Select(known => (Action)(() =>
    {
        IEnumerable<int> merged = route.Receive(known.Burst).Select(frame => Math.Max(1, frame.State.GsoSegments));
        Assert.True(known.Merged.SequenceEqual(merged), $"{known.Name}: {string.Join(", ", merged)}");
    }))]);
}
