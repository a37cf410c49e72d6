using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Tunnels;

/// <summary>
/// Local checksum offload, whatever the packet and the tunnels: no byte of the payload is read, and once the innermost checksum is completed,
/// all others are right.
/// </summary>
public sealed class LocalChecksumPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 11)]
    [InlineData(2, 12)]
    [InlineData(3, 13)]
    public void All_checksums_are_right_once_the_innermost_one_is(int tunnels, int seed)
    {
        using var payload = new SealedPacket();
        PropertyRun.Repeat(17_000, seed, output, (run, random) =>
        {
            var source = new InnerFrameSource(random);
            bool isKnown = random.Next(5) != 0;
            PlainFrame inner = isKnown ? source.Next() : source.NextUnknown();
            TunnelCase[] cases = new TunnelSource(random).Nest(inner, tunnels);
            run.Current = string.Join("\n", (object[])cases);
            using Packet packet = payload.Do(run.Pool, inner.Build(), inner, random.Next(300), inner.Owed(), packet =>
            {
                foreach (TunnelCase tunnel in cases)
                    tunnel.Encapsulate(packet);
            });

            PlainFrame outer = cases[^1].Outer;
            Assert.Equal((ChecksumState.Partial, outer.TransportOffset), (packet.Offload.Checksum, packet.Offload.ChecksumStart));
            byte[] bytes = SealedPacket.Completed(packet);
            PropertyRun.AssertSame(outer.Segments(int.MaxValue).Single(), bytes);
            if (isKnown && cases[^1].IsFrame)
                Assert.Equal(outer.HeaderLength, PlainReceiver.Receive(bytes).HeaderLength);
            return 1;
        });
    }

    [Theory]
    [InlineData(1, 21)]
    [InlineData(2, 22)]
    public void So_are_those_of_all_segments_of_a_super_frame(int tunnels, int seed)
    {
        using var payload = new SealedPacket();
        int refused = 0;
        PropertyRun.Repeat(3_000, seed, output, (run, random) =>
        {
            var source = new InnerFrameSource(random);
            PlainFrame inner = source.Next();
            int size = source.NextSize(inner);
            TunnelCase[] cases = new TunnelSource(random).Nest(inner, tunnels);
            run.Current = $"{string.Join("\n", (object[])cases)}\ncut by {size}";
            bool isTaken = true;
            Packet packet = payload.Do(run.Pool, inner.Build(), inner, random.Next(300), inner.Offload(size), packet =>
            {
                foreach (TunnelCase tunnel in cases)
                    isTaken = isTaken && tunnel.TryEncapsulate(packet);
            });
            if (!isTaken)
            {
                refused++;
                packet.Dispose();
                return 0;
            }
            List<byte[]> segments = run.Cut(packet);
            int index = 0;
            foreach (byte[] expected in cases[^1].Outer.Segments(size))
                PropertyRun.AssertSame(expected, segments[index++]);
            Assert.Equal(segments.Count, index);
            return index;
        });
        output.WriteLine($"{refused} of them are no super-frames that can be cut, and were refused");
        Assert.InRange(refused, 0, tunnels == 1 ? 0 : 3_000 * PropertyRun.Scale / 2);
    }
}
