using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

/// <summary>A packet on its way costs the collector nothing once its pool is warm, whatever is done to it, and whoever looks on.</summary>
public sealed class AllocationTests
{
    private const int Warming = 50;
    private const int Measured = 250;
    private const int Tries = 3;

    private static readonly OffloadState Partial = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };

    private static readonly Dictionary<string, (OffloadState State, byte[] Frame)> Sent = new(StringComparer.Ordinal)
    {
        ["pass-through"] = (default, Tcp(1460)),
        ["completion"] = (Partial, Tcp(1460)),
        ["segmentation of 64 KiB"] = (Cutter.State(GsoType.TcpV4, 1460, 34), Tcp(65535 - 40)),
        ["segmentation of datagrams"] = (
            Cutter.State(GsoType.UdpL4, 1400, 54),
            Frames.Ethernet(Frames.Udp(new IPv6Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(50_000)))),
        ["segmentation in a tunnel"] = (
            Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnelChecksum, 1400, 84),
            Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Tcp(50_000)))),
        ["a tag outside"] = (Partial with { VlanProtocol = 0x8100, VlanTci = 7 }, Tcp(1460)),
        ["segmentation with a tag outside"] = (Cutter.State(GsoType.TcpV4, 1460, 34) with { VlanProtocol = 0x8100, VlanTci = 7 }, Tcp(50_000)),
    };

    public static TheoryData<string, string, string> Works
    {
        get
        {
            var works = new TheoryData<string, string, string>();
            foreach (string packet in Sent.Keys)
            {
                foreach (NetDevice device in Devices())
                {
                    foreach (string parts in (string[])["linear", "in fragments", "in a list"])
                        works.Add(packet, device.Name, parts);
                }
            }
            return works;
        }
    }

#if DEBUG
    [Theory(Skip = "a debug build allocates where an optimized one, which ./test makes, does not: it boxes structs to ask for their type")]
#else
    [Theory]
#endif
    [MemberData(nameof(Works))]
    public void Nothing_is_allocated_once_warm(string packet, string device, string parts)
    {
        (OffloadState state, byte[] frame) = Sent[packet];
        NetDevice to = Devices().First(made => string.Equals(made.Name, device, StringComparison.Ordinal));
        // Where each packet was lent is of interest elsewhere, and not for nothing.
        using var pool = new PacketPool { TrackOwners = false };
        using var ready = new PacketQueue();
        var page = new Page(frame);
        var counter = default(Counter);

        long unobserved = Allocated(() => TransmitPath.Validate(Rent(pool, page, state, parts), to, ready), ready);
        long observed = Allocated(() => TransmitPath.Validate(Rent(pool, page, state, parts), to, ready, ref counter), ready);

        // Some bytes may come from the runtime tiering up, but not one for each packet.
        Assert.InRange(unobserved, 0, Measured - 1);
        Assert.InRange(observed, 0, Measured - 1);
        Assert.True(counter.Decisions >= Warming + Measured);
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
    }

    /// <summary>
    /// Bytes that <see cref="Measured"/> packets cost. The least of some tries: a collection that another test causes takes the thread's
    /// open piece of heap away, up to 8 KiB, which the runtime then counts as allocated.
    /// </summary>
    private static long Allocated(Func<DropReason> send, PacketQueue ready)
    {
        Send(Warming);
        long least = long.MaxValue;
        for (int i = 0; i < Tries && least >= Measured; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Send(Measured);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;

        void Send(int packets)
        {
            for (int i = 0; i < packets; i++)
            {
                if (send() != DropReason.None)
                    Assert.Fail("The packet was dropped.");
                ready.Clear();
            }
        }
    }

    /// <summary>The frame as it lies in <paramref name="page"/>, or with all but its first 100 bytes in parts.</summary>
    private static Packet Rent(PacketPool pool, Page page, in OffloadState state, string parts)
    {
        const int Head = 100;
        int length = page.Bytes.Length, half = length / 2;
        Packet packet;
        switch (parts)
        {
            case "in fragments":
                packet = pool.Rent(page.Bytes.AsSpan(0, Head), state);
                packet.AddFragment(page, Head, half - Head);
                packet.AddFragment(page, half, length - half);
                break;
            case "in a list":
                packet = pool.Rent(page.Bytes.AsSpan(0, Head), state);
                packet.AddToFragmentList(pool.Rent(page, Head, half - Head, default));
                packet.AddToFragmentList(pool.Rent(page, half, length - half, default));
                break;
            default:
                packet = pool.Rent(page, 0, length, state);
                break;
        }
        return packet;
    }

    private static IEnumerable<NetDevice> Devices() => [new("plain", DeviceFeatures.None, 1500), .. DeviceModels.CreateAll()];

    private static byte[] Tcp(int payload) =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(payload)));

    private struct Counter : ITransmitObserver
    {
        public int Decisions;

        public void Decided(in TransmitDecision decision) => Decisions++;
    }
}
