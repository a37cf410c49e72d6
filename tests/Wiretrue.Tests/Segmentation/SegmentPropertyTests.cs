using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>
/// What holds for every super-frame, whatever its headers and however it lies in memory: the segments carry its payload, all of it and
/// once; numbers, lengths and flags follow the rules; a receiver finds every checksum right; no page is lost.
/// </summary>
public sealed class SegmentPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    public void Segments_are_what_a_receiver_expects(int tunnels, int seed) => PropertyRun.Repeat(10_000, seed, output, (run, random) =>
    {
        var source = new PlainFrameSource(random);
        PlainFrame frame = source.Next(tunnels);
        return Judge(run, random, frame, source.NextSize(frame));
    });

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 6)]
    public void So_are_those_of_super_frames_longer_than_IP_can_say(int tunnels, int seed) => PropertyRun.Repeat(100, seed, output, (run, random) =>
    {
        var source = new PlainFrameSource(random);
        PlainFrame frame;
        do
        {
            frame = source.Next(tunnels);
        }
        // Only TCP's are that long, and PPPoE and GTP-U have no way to say it.
        while (frame.Transport is not PlainTcp || frame.Headers.Any(header => header is PlainPppoe or PlainGtpU));
        byte[] payload = new byte[random.Next(66_000, 400_000)];
        random.NextBytes(payload);
        return Judge(run, random, frame with { Payload = payload }, random.Next(1200, 9000));
    });

    private static int Judge(PropertyRun run, Random random, PlainFrame frame, int size)
    {
        run.Current = $"{frame}, cut by {size}";
        List<byte[]> segments = run.Cut(ScatteredPacket.Rent(run.Pool, random, frame.Build(), frame.HeaderLength, frame.Offload(size)));

        Assert.Equal(Math.Max(1, (frame.Payload.Length + size - 1) / size), segments.Count);
        int index = 0, offset = 0;
        foreach (byte[] expected in frame.Segments(size))
        {
            if (segments.Count == 1)
                TakeAllOnesForZero(frame, segments[0], expected);
            PropertyRun.AssertSame(expected, segments[index]);
            PlainReceipt receipt = PlainReceiver.Receive(segments[index]);
            Assert.Equal(frame.HeaderLength, receipt.HeaderLength);
            Assert.True(receipt.Payload.Length <= size, "longer than the segment size");
            PropertyRun.AssertSame(frame.Payload.AsSpan(offset, receipt.Payload.Length), receipt.Payload.Span);
            if (frame.Transport is PlainTcp tcp)
                Assert.Equal(tcp.Fields.Sequence + (uint)offset, receipt.Sequence);
            offset += receipt.Payload.Length;
            index++;
        }
        Assert.Equal(frame.Payload.Length, offset);
        return index;
    }

    /// <summary>
    /// What fits into one segment is completed and not cut, and who completes writes all ones for a sum of zero, whatever the protocol. Both verify.
    /// </summary>
    private static void TakeAllOnesForZero(PlainFrame frame, byte[] segment, byte[] expected)
    {
        if (frame.Transport is not PlainTcp)
            return;
        Span<byte> field = segment.AsSpan(frame.TransportOffset + 16, 2);
        if (field is [0xFF, 0xFF] && expected.AsSpan(frame.TransportOffset + 16, 2) is [0, 0])
            field.Clear();
    }
}
