using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>A packet through a tunnel costs the collector nothing once its pool is warm.</summary>
public sealed class TunnelAllocationTests
{
    private const int Warming = 50;
    private const int Measured = 250;
    private const int Tries = 3;

    private static readonly PlainFrame Tcp =
        new([new PlainEthernet(), new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(20_000));

    public static TheoryData<string, bool> Kinds => TunnelIdentityTests.Kinds;

#if DEBUG
    [Theory(Skip = "a debug build allocates where an optimized one, which ./test makes, does not")]
#else
    [Theory]
#endif
    [MemberData(nameof(Kinds))]
    public void Nothing_is_allocated_once_warm(string kind, bool overV6)
    {
        Tunnel tunnel = AnyTunnel.Make(kind, overV6, new Random(3));
        Encapsulator encapsulator = tunnel.CreateEncapsulator();
        Decapsulator decapsulator = NetworkTunnelTests.Turned(tunnel).CreateDecapsulator();
        using var pool = new PacketPool { TrackOwners = false };
        using var ready = new PacketQueue();
        int skipped = AnyTunnel.CarriesFrames(tunnel) ? 0 : EthernetHeader.Size;
        byte[] bytes = Tcp.Build()[skipped..];
        OffloadState state = Tcp.Offload(1000);
        state = state with { ChecksumStart = state.ChecksumStart - skipped };
        LinkType linkType = skipped == 0 ? LinkType.Ethernet : LinkType.Raw;

        long least = long.MaxValue;
        Pass(Warming);
        for (int i = 0; i < Tries && least >= Measured; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Pass(Measured);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.InRange(least, 0, Measured - 1);

        void Pass(int packets)
        {
            for (int i = 0; i < packets; i++)
            {
                Packet packet = pool.Rent(bytes, state);
                packet.LinkType = linkType;
                if (encapsulator.Encapsulate(packet, ready) != DropReason.None)
                    Assert.Fail("It was dropped.");
                while (ready.Dequeue() is { } sent)
                {
                    if (!decapsulator.Decapsulate(sent).IsDone)
                        Assert.Fail("It did not come out.");
                    sent.Dispose();
                }
            }
        }
    }
}
