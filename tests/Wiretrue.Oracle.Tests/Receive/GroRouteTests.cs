using Wiretrue.Packets;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Receive;

public sealed class GroRouteTests(ITestOutputHelper output)
{
    [RootTapFact(Gro = true)]
    public void One_poll_finds_a_whole_burst_each_time()
    {
        using var route = GroRoute.Create();
        byte[][] burst = [.. Segments(60, 1000)];

        for (int i = 0; i < 300; i++)
        {
            GroFrame frame = Assert.Single(route.Receive(burst));
            Assert.Equal(54 + 60_000, frame.Bytes.Length);
            Assert.Equal(
                new OffloadState
                {
                    Checksum = ChecksumState.Partial,
                    ChecksumStart = 34,
                    ChecksumOffset = 16,
                    GsoType = GsoType.TcpV4,
                    GsoSize = 1000,
                    GsoSegments = 60,
                },
                frame.State);
        }
        output.WriteLine($"{route.Repeats} repeats");
    }

    [RootTapFact(Gro = true)]
    public void A_burst_that_a_poll_found_in_parts_is_sent_again()
    {
        using var route = GroRoute.Create();
        byte[][] burst = [.. Segments(10, 100)];
        int before = route.Repeats;

        route.InterruptNext();

        Assert.Equal(10, Assert.Single(route.Receive(burst)).State.GsoSegments);
        Assert.InRange(route.Repeats - before, 1, int.MaxValue);
    }

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void A_burst_is_coalesced_alike_each_time()
    {
        using var route = GroRoute.Create();
        route.ListenForVxlan();
        route.Set("rx-udp-gro-forwarding", "on");
        var random = new Random(5);
        BurstSource[] sources = [Bursts.Tcp(random), Bursts.Udp(random), Bursts.Vxlan(random), Bursts.Gre(random), Bursts.Mixed(random)];
        int frames = 0, handedUp = 0;
        for (int i = 0; i < 300; i++)
        {
            List<byte[]> burst = sources[i % sources.Length].Next();
            List<GroFrame> once = route.Receive(burst), again = route.Receive(burst);
            Assert.Equal(once.Select(frame => frame.State), again.Select(frame => frame.State));
            Assert.Equal(once.Select(frame => frame.Bytes), again.Select(frame => frame.Bytes));
            frames += burst.Count;
            handedUp += once.Count;
        }
        output.WriteLine($"{frames} frames became {handedUp}; {route.Repeats} repeats");
        // As good as none is lost, and many are joined.
        Assert.InRange(handedUp, frames / 10, frames * 2 / 3);
    }

    private static IEnumerable<byte[]> Segments(int count, int size)
    {
        for (int i = 0; i < count; i++)
        {
            yield return Frames.Ethernet(Frames.Tcp(
                new IPv4Fields { Id = (ushort)(100 + i) }, new TcpFields { Sequence = (uint)(1000 + (i * size)) }, Frames.Payload(size)));
        }
    }
}
