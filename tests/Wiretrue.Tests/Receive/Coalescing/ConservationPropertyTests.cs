using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis.Flows;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>
/// What holds for all traffic: no frame vanishes, none is doubled, none changes by being merged and cut again, and no flow is reordered.
/// </summary>
public sealed class ConservationPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, "", 61)]
    [InlineData(0, "datagrams", 62)]
    [InlineData(0, "lists", 63)]
    [InlineData(1, "datagrams", 64)]
    [InlineData(1, "lists", 65)]
    public void Every_frame_comes_out_once_and_in_order(int tunnels, string joined, int seed)
    {
        // With WIRETRUE_LONG a million in all.
        int frames = LongRun.Times(20_000);
        var random = new Random(seed);
        var source = new PlainFlowSource(random) { HasFixedIds = joined != "lists" };
        using var run = new CoalescingRun(new CoalescerOptions
        {
            UdpForwarding = joined == "datagrams",
            FragmentLists = joined == "lists",
            RemoteChecksum = true,
        });
        var traffic = new PlainTraffic(random, source, tunnels);
        while (run.Frames < frames)
            run.ReceiveAll(traffic.Next(random.Next(1, 65)), random);
        output.WriteLine($"{run.Frames} frames of {source.Count} flows, {run.Merged} of them in {run.SuperFrames} super-frames");
        Assert.True(run.Merged > frames / 4, "hardly any were merged");
    }

    [Fact]
    public void So_it_does_when_what_is_held_stays_held_from_burst_to_burst()
    {
        var random = new Random(67);
        using var run = new CoalescingRun(new CoalescerOptions { UdpForwarding = true });
        var traffic = new PlainTraffic(random, new PlainFlowSource(random), tunnels: 1) { MaxOpen = 100 };
        for (int i = 0; i < 100; i++)
        {
            foreach (FlowFrame frame in traffic.Next(64))
                run.Receive(frame, random);
        }
        run.Flush();
        output.WriteLine($"{run.Frames} frames, {run.Merged} of them in {run.SuperFrames} super-frames");
    }
}
