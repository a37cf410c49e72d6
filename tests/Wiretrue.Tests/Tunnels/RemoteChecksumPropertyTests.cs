using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Tunnels;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Remote checksum offload: what the sender left is right once the receiver has completed it, at once or later, in each segment.</summary>
public sealed class RemoteChecksumPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_left_to_the_receiver_comes_out_owed_and_nobody_reads_the_payload()
    {
        using var payload = new SealedPacket();
        PropertyRun.Repeat(10_000, 41, output, (run, random) =>
        {
            PlainFrame inner = NextInner(random);
            TunnelCase tunnel = new TunnelSource(random).NextRemote(inner, isEager: false);
            run.Current = tunnel.ToString();
            OffloadState owed = inner.Owed();
            using Packet packet = payload.Do(run.Pool, inner.Build(), inner, random.Next(300), owed, tunnel.Encapsulate);
            // The outer checksum is the only one that is owed, and covers the inner field as it is.
            Assert.Equal(tunnel.Outer.OffsetOf(tunnel.IsFrame ? 2 : 1), packet.Offload.ChecksumStart);
            PropertyRun.AssertSame(tunnel.Outer.Segments(int.MaxValue).Single(), SealedPacket.Completed(packet));

            payload.Again(packet, tunnel.Decapsulate);
            Assert.Equal(owed, packet.Offload);
            PropertyRun.AssertSame(inner.Segments(int.MaxValue).Single(), SealedPacket.Completed(packet));
            return 1;
        });
    }

    [Fact]
    public void At_once_and_later_agree()
    {
        PropertyRun.Repeat(10_000, 42, output, (run, random) =>
        {
            PlainFrame inner = NextInner(random);
            TunnelCase tunnel = new TunnelSource(random).NextRemote(inner, isEager: random.Next(2) == 0);
            byte[] frame = tunnel.Outer.Segments(int.MaxValue).Single();
            run.Current = tunnel.ToString();
            AssertReceived(run, random, tunnel, frame, inner.Segments(int.MaxValue).Single());
            return 1;
        });
    }

    [Fact]
    public void Each_segment_of_a_super_frame_carries_its_own()
    {
        using var payload = new SealedPacket();
        PropertyRun.Repeat(2_000, 43, output, (run, random) =>
        {
            PlainFrame inner = NextInner(random);
            int size = new InnerFrameSource(random).NextSize(inner);
            TunnelCase tunnel = new TunnelSource(random).NextRemote(inner, isEager: random.Next(2) == 0);
            run.Current = $"{tunnel}, cut by {size}";
            Packet packet = payload.Do(run.Pool, inner.Build(), inner, random.Next(300), inner.Offload(size), tunnel.Encapsulate);
            List<byte[]> segments = run.Cut(packet);
            byte[][] insides = [.. inner.Segments(size)];
            int index = 0;
            foreach (byte[] expected in tunnel.Outer.Segments(size))
            {
                PropertyRun.AssertSame(expected, segments[index]);
                AssertReceived(run, random, tunnel, segments[index], insides[index]);
                index++;
            }
            Assert.Equal(segments.Count, index);
            return index;
        });
    }

    /// <summary>What has a transport that can be left: within reach of VXLAN's seven bits.</summary>
    private static PlainFrame NextInner(Random random)
    {
        var source = new InnerFrameSource(random);
        while (true)
        {
            PlainFrame frame = source.Next();
            if (frame.TransportOffset <= 254)
                return frame;
        }
    }

    private static void AssertReceived(PropertyRun run, Random random, TunnelCase tunnel, byte[] frame, byte[] inside)
    {
        using Packet packet = ScatteredPacket.Rent(run.Pool, random, frame, tunnel.Outer.HeaderLength, default);
        packet.LinkType = tunnel.IsFrame ? LinkType.Ethernet : LinkType.Raw;
        tunnel.Decapsulate(packet);
        bool isEager = tunnel.Tunnel is VxlanTunnel { RemoteChecksum.IsEager: true } or GueTunnel { RemoteChecksum.IsEager: true };
        Assert.Equal(isEager, packet.Offload.Checksum != ChecksumState.Partial);
        byte[] completed = SealedPacket.Completed(packet);
        TakeAllOnesForZero(tunnel.Inner, completed, inside);
        PropertyRun.AssertSame(inside, completed);
    }

    /// <summary>Who completes writes all ones for a sum of zero, whatever the protocol; both verify.</summary>
    private static void TakeAllOnesForZero(PlainFrame inner, byte[] completed, byte[] expected)
    {
        int at = inner.TransportOffset + (inner.Transport is PlainTcp ? 16 : 6);
        if (completed.AsSpan(at, 2) is [0xFF, 0xFF] && expected.AsSpan(at, 2) is [0, 0])
            completed.AsSpan(at, 2).Clear();
    }
}
