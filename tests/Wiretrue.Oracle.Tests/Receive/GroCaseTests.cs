using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>The running kernel coalesces the known cases as is known of it, and so do we.</summary>
public sealed class GroCaseTests
{
    private static readonly CoalescerOptions Forwarding = new() { UdpForwarding = true };

    [RootTapFact(Gro = true)]
    public void The_kernel_coalesces_tcp_as_is_known_of_it()
    {
        using var route = GroRoute.Create();
        Check(GroCases.Tcp(), route.Receive);
    }

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void The_kernel_coalesces_datagrams_as_is_known_of_it()
    {
        using var route = GroRoute.Create();
        route.Set("rx-udp-gro-forwarding", "on");
        Check(GroCases.Udp(), route.Receive);
    }

    [RootTapFact(Gro = true)]
    public void The_kernel_coalesces_in_tunnels_as_is_known_of_it()
    {
        using var route = GroRoute.Create();
        Assert.Equal(4, route.Receive(GroTunnelCases.Vxlan.Burst).Count);
        route.ListenForVxlan();
        Check(GroTunnelCases.All(), route.Receive);
    }

    [Fact]
    public void We_coalesce_in_tunnels_as_is_known_of_the_kernel()
    {
        using var run = new CoalescerRun();
        Check(GroTunnelCases.All(), run.Receive);
    }

    [Fact]
    public void We_coalesce_tcp_as_is_known_of_the_kernel()
    {
        using var run = new CoalescerRun();
        Check(GroCases.Tcp(), run.Receive);
    }

    [Fact]
    public void We_coalesce_datagrams_as_is_known_of_the_kernel()
    {
        using var run = new CoalescerRun(Forwarding);
        Check(GroCases.Udp(), run.Receive);
    }

    [Fact]
    public void A_tag_in_the_bytes_is_part_of_a_flow()
    {
        using var run = new CoalescerRun();
        Assert.Single(run.Receive(GroCases.Tagged()));
    }

    private static void Check(IEnumerable<GroCase> cases, Func<IReadOnlyList<byte[]>, List<GroFrame>> receive) =>
        Assert.Multiple([.. cases.Select(known => (Action)(() =>
        {
            IEnumerable<int> merged = receive(known.Burst).Select(frame => Math.Max(1, frame.State.GsoSegments));
            Assert.True(known.Merged.SequenceEqual(merged), $"{known.Name}: {string.Join(", ", merged)}");
        }))]);
}
