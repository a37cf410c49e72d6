using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Random packets of one flow that were received and chained: taken apart they are what was received.</summary>
public sealed class ListPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public void What_was_chained_is_taken_apart_to_what_it_was(int seed) => PropertyRun.Repeat(2_000, seed, output, (run, random) =>
    {
        var source = new PlainFrameSource(random);
        PlainFrame frame = source.Next(tunnels: 0);
        int size = Math.Min(source.NextSize(frame), frame.Payload.Length);
        run.Current = $"{frame}, received by {size}";
        byte[][] received = [.. frame.Segments(size)];
        List<byte[]> sent = run.Cut(Chain(run.Pool, random, received, frame, size));

        Assert.Equal(received.Length, sent.Count);
        for (int i = 0; i < received.Length; i++)
            PropertyRun.AssertSame(received[i], sent[i]);
        PlainReceiver.Receive(sent[^1]);
        return sent.Count;
    });

    /// <summary>The first packet, and the others behind it without their headers, which stay in the headroom.</summary>
    private static Packet Chain(PacketPool pool, Random random, byte[][] received, PlainFrame frame, int size)
    {
        OffloadState state = frame.Offload(size);
        state = new OffloadState
        {
            Checksum = ChecksumState.Unnecessary,
            GsoType = state.GsoType | GsoType.FragmentList,
            GsoSize = state.GsoSize,
        };
        Packet chain = ScatteredPacket.Rent(pool, random, received[0], random.Next(frame.HeaderLength, received[0].Length + 1));
        chain.Offload = state;
        foreach (byte[] packet in received.Skip(1))
        {
            Packet next = ScatteredPacket.Rent(pool, random, packet, random.Next(frame.HeaderLength, packet.Length + 1));
            next.Offload = new OffloadState { Checksum = ChecksumState.Unnecessary };
            next.Pull(frame.HeaderLength);
            chain.AddToFragmentList(next);
        }
        return chain;
    }
}
