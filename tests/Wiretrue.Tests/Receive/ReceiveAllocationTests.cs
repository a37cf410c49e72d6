using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive;

/// <summary>A packet on its way in costs the collector nothing once its pool is warm.</summary>
public sealed class ReceiveAllocationTests
{
    private const int Warming = 50;
    private const int Measured = 1000;
    private const int Tries = 3;

    public static TheoryData<string> Devices => [.. DeviceModels.CreateAll().Select(device => device.Name)];

#if DEBUG
    [Theory(Skip = "a debug build allocates where an optimized one, which ./test makes, does not: it boxes structs to ask for their type")]
#else
    [Theory]
#endif
    [MemberData(nameof(Devices))]
    public void Nothing_is_allocated_once_warm(string name)
    {
        NetDevice device = DeviceModels.Create(name)!;
        using var pool = new PacketPool { TrackOwners = false };
        using var accepted = new PacketQueue();
        byte[] tcp = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(1448)));
        byte[] bad = [.. tcp];
        bad[^1] ^= 1;
        byte[] tunnel = Frames.Ethernet(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Good, tcp));
        byte[] sctp = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, Frames.Payload(400)));
        byte[][] frames = [tcp, bad, tunnel, sctp];
        var counter = default(Counter);

        Receive(Warming);
        long least = long.MaxValue;
        for (int i = 0; i < Tries && least >= Measured; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Receive(Measured);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        // Some bytes may come from the runtime tiering up, but not one for each packet.
        Assert.InRange(least, 0, Measured - 1);
        Assert.True(counter.Decisions > Measured);

        void Receive(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                Packet packet = pool.Rent(frames[i % frames.Length], default);
                ReceivePath.HandUp(packet, device);
                ReceivePath.Receive(packet, device, accepted, ReceiveOptions.Default, ref counter);
                accepted.Clear();
            }
        }
    }

    private struct Counter : IReceiveObserver
    {
        public int Decisions;

        public void Decided(in ReceiveDecision decision) => Decisions++;
    }
}
