using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Captures;
using Wiretrue.Transmit;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>Broken packets that claim to owe something are done or dropped, and nothing stays lent.</summary>
[Trait("Category", "Mutation")]
public sealed class TransmitTests(ITestOutputHelper output)
{
    // A 64 KiB packet in segments of a byte is 65,536 packets, which the pool keeps for the next time.
    private const long AllocationLimit = 256 << 20;

    private static readonly GsoType[] Types =
    [
        GsoType.None, GsoType.TcpV4, GsoType.TcpV6, GsoType.UdpL4, GsoType.TcpV4 | GsoType.UdpTunnelChecksum, GsoType.TcpV4 | GsoType.UdpTunnel,
        GsoType.TcpV6 | GsoType.UdpTunnelChecksum, GsoType.TcpV4 | GsoType.Gre, GsoType.TcpV4 | GsoType.GreChecksum, GsoType.TcpV4 | GsoType.IPXIP4,
        GsoType.TcpV4 | GsoType.TcpFixedId, GsoType.UdpTunnelChecksum, GsoType.GreChecksum,
    ];

    [Fact]
    public void Broken_packets_are_sent_or_dropped()
    {
        var mutator = new Mutator(seed: 11);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var wire = NetDevice.Wire();
        byte[] bytes = new byte[1 << 17];
        long sent = 0, dropped = 0;
        MutationRun.Feed(70_000 * MutationRun.Scale, AllocationLimit, () => Next(mutator), input =>
        {
            (PlainPacket seed, byte[] broken) = input;
            Packet packet = pool.Rent(broken, default);
            packet.LinkType = (LinkType)seed.LinkType;
            packet.MissingTail = mutator.Next(8) == 0 ? mutator.Next(3000) : 0;
            packet.Walk();
            packet.Offload = StateFor(packet, mutator);
            if (TransmitPath.Validate(packet, wire, ready) != DropReason.None)
                dropped++;
            for (Packet? frame = ready.First; frame is not null; frame = frame.Next)
            {
                frame.CopyTo(bytes);
                sent++;
            }
            ready.Clear();
            Assert.Equal(0, pool.OutstandingPackets);
            Assert.Equal(0, pool.OutstandingPages);
        });
        output.WriteLine($"{sent} frames sent, {dropped} packets dropped");
        Assert.NotEqual(0, sent);
        Assert.NotEqual(0, dropped);
    }

    private static (PlainPacket Seed, byte[] Broken) Next(Mutator mutator)
    {
        PlainPacket seed = mutator.Pick(MutationSeeds.Packets);
        return (seed, mutator.Mutate(seed.Bytes));
    }

    // Half of the states fit the headers that were found, so that the work is done; half are as broken as the packet.
    private static OffloadState StateFor(Packet packet, Mutator mutator)
    {
        ref PacketLayout layout = ref packet.Layout;
        bool fits = layout.InnerTransport >= 0 && mutator.Next(2) == 0;
        GsoType type = mutator.Pick(Types);
        return new OffloadState
        {
            Checksum = mutator.Next(8) == 0 ? ChecksumState.None : ChecksumState.Partial,
            ChecksumIsCrc32C = mutator.Next(20) == 0,
            ChecksumStart = fits ? layout[layout.InnerTransport].Offset : mutator.Next(packet.Length + 20) - 4,
            ChecksumOffset = (ushort)(mutator.Next(4) == 0 ? mutator.Next(40) : mutator.Next(2) == 0 ? 16 : 6),
            GsoType = type,
            GsoSize = mutator.Next(3) == 0 ? 0 : mutator.Next(3) == 0 ? mutator.Next(70000) : mutator.Next(1500),
        };
    }
}
