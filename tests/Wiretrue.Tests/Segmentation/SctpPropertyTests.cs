using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Random SCTP super-frames: each packet of the fragment list is one on the wire, its chunks whole, with a CRC32c of its own.</summary>
public sealed class SctpPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 21)]
    [InlineData(2, 22)]
    public void Each_packet_of_the_list_is_a_segment(int tunnels, int seed) => PropertyRun.Repeat(1_000, seed, output, (run, random) =>
    {
        var source = new PlainFrameSource(random);
        var frame = PlainListFrame.NextSctp(random, source.Next(tunnels, new PlainSctp((uint)random.Next())));
        run.Current = $"{frame.Frame}, {frame.Parts.Count} parts";
        List<byte[]> segments = run.Cut(frame.Rent(run.Pool, random));

        Assert.Equal(frame.Parts.Count, segments.Count);
        int index = 0;
        foreach (byte[] expected in frame.Segments())
        {
            PropertyRun.AssertSame(expected, segments[index]);
            PropertyRun.AssertSame(frame.Parts[index], PlainReceiver.Receive(segments[index]).Payload.Span);
            index++;
        }
        return index;
    });
}
