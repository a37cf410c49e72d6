using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>What goes into a tunnel and comes out of it is as it was, whatever it is and whatever the tunnel.</summary>
public sealed class TunnelIdentityTests
{
    private static readonly int Rounds = LongRun.Times(2000);

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, bool>();
            foreach (string kind in AnyTunnel.Kinds)
            {
                kinds.Add(kind, false);
                kinds.Add(kind, true);
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_went_in_comes_out(string kind, bool overV6)
    {
        var random = new Random(kind.Length + (overV6 ? 100 : 0));
        var source = new PlainFrameSource(random);
        using var pool = new PacketPool { TrackOwners = false };
        for (int round = 0; round < Rounds / 20; round++)
        {
            Tunnel tunnel = AnyTunnel.Make(kind, overV6, random);
            Encapsulator encapsulator = tunnel.CreateEncapsulator();
            Decapsulator decapsulator = NetworkTunnelTests.Turned(tunnel).CreateDecapsulator();
            for (int i = 0; i < 20; i++)
                PassOne(AnyTunnel.CarriesFrames(tunnel), random, source, pool, encapsulator, decapsulator);
        }
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
    }

    private static void PassOne(
        bool isFrame, Random random, PlainFrameSource source, PacketPool pool, Encapsulator encapsulator, Decapsulator decapsulator)
    {
        PlainFrame frame = source.Next(0);
        if (!isFrame)
            frame = frame with { Headers = [.. frame.Headers.SkipWhile(header => header is not PlainIP)] };
        int size = source.NextSize(frame);
        OffloadState state = random.Next(3) switch
        {
            0 => frame.Offload(size),
            1 => frame.Offload(size) with { GsoType = GsoType.None, GsoSize = 0 },
            _ => default,
        };
        // Nothing is said of congestion that the other end would have to hand on or to drop.
        byte[] bytes = state.Checksum == ChecksumState.Partial ? frame.Build() : frame.Segments(int.MaxValue / 2).Single();
        using Packet packet = ScatteredPacket.Rent(pool, random, bytes, frame.HeaderLength, state);
        packet.LinkType = isFrame ? LinkType.Ethernet : LinkType.Raw;
        DropReason reason = encapsulator.Encapsulate(packet);
        Assert.True(reason is DropReason.None or DropReason.GsoGreSequence, $"{reason}: {frame}");
        if (reason == DropReason.None)
        {
            Decapsulation result = decapsulator.Decapsulate(packet);
            Assert.True(result.IsDone, $"{result}: {frame}");
            Assert.Equal(state.GsoType, packet.Offload.GsoType);
            Assert.Equal(state.GsoSize, packet.Offload.GsoSize);
            if (state.Checksum == ChecksumState.Partial)
                Assert.Equal((state.ChecksumStart, state.ChecksumOffset), (packet.Offload.ChecksumStart, packet.Offload.ChecksumOffset));
        }
        Assert.Equal(isFrame ? LinkType.Ethernet : LinkType.Raw, packet.LinkType);
        Assert.True(TunnelJudge.Hex(packet) == Convert.ToHexString(bytes), frame.ToString());
    }
}
