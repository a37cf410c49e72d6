using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Tunnels;

/// <summary>What goes into tunnels comes out of them as it was, whatever is owed to it or known of it, and nobody reads the payload.</summary>
public sealed class RoundTripPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 31)]
    [InlineData(2, 32)]
    [InlineData(3, 33)]
    public void In_and_out_again_is_the_identity(int tunnels, int seed)
    {
        using var payload = new SealedPacket();
        PropertyRun.Repeat(10_000, seed, output, (run, random) =>
        {
            PlainFrame inner = new InnerFrameSource(random).Next();
            TunnelCase[] cases = new TunnelSource(random).Nest(inner, tunnels);
            // With nothing owed, GRE's checksum is made of the payload.
            bool isOwed = random.Next(3) == 0 || cases[^1].Outer.Headers.Any(header => header is PlainGre { HasChecksum: true });
            byte[] sent = isOwed ? inner.Build() : inner.Segments(int.MaxValue).Single();
            OffloadState state = isOwed ? inner.Owed() : Known(random, inner, sent);
            run.Current = $"{string.Join("\n", (object[])cases)}\n{state}";
            using Packet packet = payload.Do(run.Pool, sent, inner, random.Next(300), state, packet =>
            {
                foreach (TunnelCase tunnel in cases)
                    tunnel.Encapsulate(packet);
                foreach (TunnelCase tunnel in cases.Reverse())
                    tunnel.Decapsulate(packet);
            });
            AssertBack(packet, inner, sent);
            if (isOwed)
                Assert.Equal(state, packet.Offload);
            return 1;
        });
    }

    [Theory]
    [InlineData(1, 34)]
    [InlineData(2, 35)]
    public void So_it_is_for_super_frames(int tunnels, int seed)
    {
        using var payload = new SealedPacket();
        PropertyRun.Repeat(10_000, seed, output, (run, random) =>
        {
            var source = new InnerFrameSource(random);
            PlainFrame inner = source.Next();
            int size = source.NextSize(inner);
            TunnelCase[] cases = new TunnelSource(random).Nest(inner, tunnels);
            byte[] sent = inner.Build();
            OffloadState state = inner.Offload(size);
            run.Current = $"{string.Join("\n", (object[])cases)}\n{state}";
            using Packet packet = payload.Do(run.Pool, sent, inner, random.Next(300), state, packet =>
            {
                var taken = new Stack<TunnelCase>();
                foreach (TunnelCase tunnel in cases.TakeWhile(tunnel => tunnel.TryEncapsulate(packet)))
                    taken.Push(tunnel);
                foreach (TunnelCase tunnel in taken)
                    tunnel.Decapsulate(packet);
            });
            AssertBack(packet, inner, sent);
            Assert.Equal(state, packet.Offload);
            return 1;
        });
    }

    [Theory]
    [InlineData(1, 36)]
    [InlineData(3, 37)]
    public void What_came_over_a_wire_comes_out_with_what_its_device_said(int tunnels, int seed) => PropertyRun.Repeat(5_000, seed, output, (run, random) =>
    {
        PlainFrame inner = new InnerFrameSource(random).Next();
        TunnelCase[] cases = new TunnelSource(random).Nest(inner, tunnels);
        PlainFrame outer = cases[^1].Outer;
        byte[] frame = outer.Segments(int.MaxValue).Single();
        OffloadState said = Known(random, outer, frame);
        run.Current = $"{string.Join("\n", (object[])cases)}\n{said}";
        using Packet packet = ScatteredPacket.Rent(run.Pool, random, frame, outer.HeaderLength, said);
        packet.LinkType = outer.Headers[0] is PlainEthernet ? LinkType.Ethernet : LinkType.Raw;
        foreach (TunnelCase tunnel in cases.Reverse())
            tunnel.Decapsulate(packet);
        AssertBack(packet, inner, inner.Segments(int.MaxValue).Single());
        return 1;
    });

    /// <summary>What may be known of a frame whose checksums are right: nothing, some of its checksums, or the sum.</summary>
    private static OffloadState Known(Random random, PlainFrame frame, byte[] bytes)
    {
        int network = frame.Headers.TakeWhile(header => header is not PlainIP).Sum(header => header.Length);
        int checksums = frame.Headers.Count(header => header is PlainUdp { HasChecksum: true } or PlainTcp or PlainGre { HasChecksum: true });
        // A UDP header without a checksum, and what is behind it, is nothing that a device vouches for.
        bool isVouched = !frame.Headers.Any(header => header is PlainUdp { HasChecksum: false });
        return random.Next(3) switch
        {
            0 when isVouched => new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = (byte)random.Next(Math.Min(checksums, 4)) },
            1 => new OffloadState
            {
                Checksum = ChecksumState.Complete,
                ChecksumStart = network,
                CompleteSum = PlainSum.Sum(bytes.AsSpan(network)),
            },
            _ => default,
        };
    }

    /// <summary>The bytes are the same, and whatever is said of them is true.</summary>
    private static void AssertBack(Packet packet, PlainFrame inner, byte[] sent)
    {
        byte[] back = new byte[packet.Length];
        packet.CopyTo(back);
        PropertyRun.AssertSame(sent, back);
        OffloadState state = packet.Offload;
        Assert.Equal(inner.Headers[0] is PlainEthernet, packet.LinkType == LinkType.Ethernet);
        if (state.Checksum == ChecksumState.Complete)
            Assert.Equal(PlainSum.Sum(back.AsSpan(state.ChecksumStart)) % 0xFFFF, state.CompleteSum % 0xFFFF);
        // There is one checksum inside.
        Assert.Equal(0, state.ChecksumLevel);
    }
}
