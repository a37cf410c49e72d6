using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Random SCTP super-frames: each packet of the fragment list is one on the wire, its chunks whole, with a CRC32c of its own.</summary>
public sealed class SctpPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 21)]
    [InlineData(1, 22)]
    public void Each_packet_of_the_list_is_a_segment(int tunnels, int seed) => PropertyRun.Repeat(1_000, seed, output, (run, random) =>
    {
        var source = new PlainFrameSource(random);
        PlainFrame frame = source.Next(tunnels, new PlainSctp((uint)random.Next()));
        // Chunks behind the headers are a segment as well.
        byte[][] parts = [.. Enumerable.Range(0, random.Next(2, 20)).Select(_ => NextChunk(random))];
        int head = random.Next(2);
        frame = frame with { Payload = [.. parts.SelectMany(part => part)] };

        byte[] bytes = frame.Build();
        int linear = frame.HeaderLength + parts.Take(head).Sum(part => part.Length);
        Packet packet = run.Pool.Rent(bytes.AsSpan(0, linear), frame.Offload(0));
        foreach (byte[] part in parts.Skip(head))
            packet.AddToFragmentList(ScatteredPacket.Rent(run.Pool, random, part, random.Next(part.Length + 1)));
        List<byte[]> segments = run.Cut(packet);

        Assert.Equal(parts.Length, segments.Count);
        for (int i = 0; i < parts.Length; i++)
        {
            PropertyRun.AssertSame(frame.Build(parts[i], new SegmentPlace(i, 0, i == parts.Length - 1)), segments[i]);
            PropertyRun.AssertSame(parts[i], PlainReceiver.Receive(segments[i]).Payload.Span);
        }
        return parts.Length;
    });

    /// <summary>A data chunk (RFC 9260 3.3.1), padded.</summary>
    private static byte[] NextChunk(Random random)
    {
        int length = random.Next(17, 1500);
        byte[] chunk = new byte[(length + 3) & ~3];
        random.NextBytes(chunk.AsSpan(4, length - 4));
        chunk[0] = 0;
        chunk[1] = 3;
        chunk[2] = (byte)(length >> 8);
        chunk[3] = (byte)length;
        return chunk;
    }
}
