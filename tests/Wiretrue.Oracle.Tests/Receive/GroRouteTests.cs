using Wiretrue.Packets;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Receive;

public sealed class GroRouteTests(ITestOutputHelper output)
{
    [RootTapFact(Bpf = true)]
    public void One_poll_finds_a_whole_burst_each_time()
    {
        using var route = GroRoute.Create();
        byte[][] burst = [.. Segments(60, 1000)];

        for (int i = 0; i < 300; i++)
        {
            GroFrame frame = Assert.Single(route.Receive(burst));
            Assert.Equal(54 + 60_000, frame.Bytes.Length);
            Assert.Equal(60, frame.State.GsoSegments);
            if (i == 0)
                output.WriteLine(frame.State.ToString());
        }
        output.WriteLine($"{route.Repeats} repeats");
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
