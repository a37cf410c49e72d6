using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Broken headers and states that make no sense: an answer, never an exception, and nothing lost from the pool.</summary>
public sealed class HostilePacketTests
{
    private static readonly GsoType[] Types =
    [
        GsoType.TcpV4, GsoType.TcpV6, GsoType.UdpL4, GsoType.TcpV4 | GsoType.UdpTunnel, GsoType.TcpV4 | GsoType.UdpTunnelChecksum,
        GsoType.TcpV6 | GsoType.UdpTunnelChecksum, GsoType.TcpV4 | GsoType.Gre, GsoType.TcpV4 | GsoType.GreChecksum,
        GsoType.TcpV6 | GsoType.IPXIP4, GsoType.TcpV4 | GsoType.IPXIP6, GsoType.UdpTunnelChecksum, GsoType.GreChecksum, GsoType.None,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_packets_are_cut_or_refused(int seed)
    {
        var random = new Random(seed);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        NetDevice[] devices =
        [
            NetDevice.Wire(),
            new("plain", DeviceFeatures.None, 1500),
            new("card", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumIPv4 | DeviceFeatures.TcpSegmentation, 1500),
        ];
        (byte[] Frame, OffloadState State)[] originals = Originals();
        int cut = 0;
        for (int round = 0; round < 30_000; round++)
        {
            (byte[] original, OffloadState state) = originals[random.Next(originals.Length)];
            byte[] frame = [.. original];
            if (random.Next(3) == 0)
                state = RandomState(random, frame);
            int changes = random.Next(4);
            for (int i = 0; i < changes; i++)
                frame[random.Next(Math.Min(frame.Length, 130))] = RandomByte(random);

            int kept = random.Next(4) == 0 ? random.Next(frame.Length + 1) : frame.Length;
            Packet packet = pool.Rent(frame.AsSpan(0, kept), state);
            packet.MissingTail = random.Next(2) == 0 ? frame.Length - kept : random.Next(3000);
            packet.LinkType = random.Next(8) == 0 ? LinkType.Raw : LinkType.Ethernet;
            long length = packet.OriginalLength;

            NetDevice device = devices[random.Next(devices.Length)];
            DropReason reason = TransmitPath.Validate(packet, device, ready);
            Assert.Equal(reason == DropReason.None, ready.Count > 0);
            long total = 0;
            for (Packet? segment = ready.First; segment is not null; segment = segment.Next)
            {
                total += segment.OriginalLength;
                segment.CopyTo(new byte[segment.Length]);
            }
            if (reason == DropReason.None)
                Assert.True(total >= length - 16, "Segments hold all that the packet held, but for a jumbo option.");
            cut += ready.Count > 1 ? 1 : 0;
            ready.Clear();
            Assert.Equal(0, pool.OutstandingPackets);
            Assert.Equal(0, pool.OutstandingPages);
        }
        Assert.True(cut > 5000, "Much of what is sent must still be cut, or nothing is tested.");
    }

    private static byte RandomByte(Random random) => random.Next(3) switch
    {
        0 => 0,
        1 => 0xFF,
        _ => (byte)random.Next(256),
    };

    private static OffloadState RandomState(Random random, byte[] frame)
    {
        int[] transports = [14, 34, 38, 54, 58, 62, 66, 74, 84, 104];
        int start = random.Next(10) == 0 ? random.Next(-5, frame.Length + 5) : transports[random.Next(transports.Length)];
        return new OffloadState
        {
            Checksum = random.Next(8) == 0 ? (ChecksumState)random.Next(4) : ChecksumState.Partial,
            ChecksumIsCrc32C = random.Next(30) == 0,
            ChecksumStart = start,
            ChecksumOffset = (ushort)(random.Next(10) == 0 ? random.Next(70_000) : random.Next(2) == 0 ? 16 : 6),
            GsoType = Types[random.Next(Types.Length)],
            GsoSize = random.Next(6) == 0 ? 0 : random.Next(100, 1500),
        };
    }

    private static (byte[] Frame, OffloadState State)[] Originals()
    {
        var tcp = new TcpFields { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps };
        byte[] payload = Frames.Payload(3000);
        byte[] tcp4 = Frames.Tcp(new IPv4Fields(), tcp, payload);
        byte[] tcp6 = Frames.Tcp(new IPv6Fields { Extensions = [(0, [0, 0, 0xC2, 4, 0, 0, 0x0B, 0xE0])], LengthField = 0 }, tcp, payload);
        byte[] udp = Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, payload);
        byte[] gre = new IPv4Fields().Wrap(47, [0x80, 0, 8, 0, 0, 0, 0, 0, .. tcp4]);
        return
        [
            (Frames.Ethernet(tcp4), Cutter.State(GsoType.TcpV4, 1000, 34)),
            (Frames.Ethernet(tcp6), Cutter.State(GsoType.TcpV6, 1000, 62)),
            (Frames.Ethernet(udp), Cutter.State(GsoType.UdpL4, 1000, 34)),
            (Frames.Ethernet(tcp4, (0x8100, 5)), Cutter.State(GsoType.TcpV4, 1000, 38)),
            (Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Frames.Ethernet(tcp4))),
                Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnelChecksum, 1000, 84)),
            (Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frames.Ethernet(tcp6))),
                Cutter.State(GsoType.TcpV6 | GsoType.UdpTunnel, 1000, 112)),
            (Frames.Ethernet(gre), Cutter.State(GsoType.TcpV4 | GsoType.GreChecksum, 1000, 62)),
            (Frames.Ethernet(new IPv4Fields().Wrap(41, tcp6)), Cutter.State(GsoType.TcpV6 | GsoType.IPXIP4, 1000, 82)),
            (Frames.Ethernet(new IPv6Fields().Wrap(4, tcp4)), Cutter.State(GsoType.TcpV4 | GsoType.IPXIP6, 1000, 74)),
        ];
    }
}
