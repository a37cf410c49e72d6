using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Random datagrams that are divided into IP fragments: put together again they are the datagram, and its checksum is right.</summary>
public sealed class FragmentPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 11)]
    [InlineData(1, 12)]
    [InlineData(2, 13)]
    public void Fragments_are_put_together_to_the_datagram(int tunnels, int seed) => PropertyRun.Repeat(3_000, seed, output, (run, random) =>
    {
        var source = new PlainFrameSource(random);
        PlainFrame frame;
        do
        {
            frame = source.Next(tunnels, source.NextDatagram());
        }
        // A datagram's checksum is made before it is divided, so none can be left to the receiver.
        while (frame.HasRemoteChecksum);
        // All headers have to be in the first fragment.
        int size = random.Next(80, 9000);
        run.Current = $"{frame}, divided by {size}";
        List<byte[]> fragments = run.Cut(ScatteredPacket.Rent(run.Pool, random, frame.Build(), frame.HeaderLength, frame.Fragmentation(size)));

        PlainReceipt first = PlainReceiver.Receive(fragments[0]);
        byte[] packet = first.Fragment is null ? fragments[0][frame.OffsetOf(frame.Headers.Count - 2)..] : PlainReassembly.Join(fragments);
        if (first.Fragment is null)
            Assert.Single(fragments);
        foreach (byte[] fragment in fragments)
            Assert.True(PlainReceiver.Receive(fragment).Payload.Length <= size, "longer than the segment size");

        PlainReceipt received = PlainReceiver.Receive(Frames.Ethernet(packet));
        PropertyRun.AssertSame(frame.Payload, received.Payload.Span);
        var whole = new PlainFrame([.. frame.Headers.TakeLast(2)], frame.Payload);
        byte[] expected = whole.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true));
        PropertyRun.AssertSame(expected.AsSpan(whole.TransportOffset), packet.AsSpan(whole.TransportOffset));
        return fragments.Count;
    });
}
