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
        GsoType.UdpFragmentation, GsoType.UdpFragmentation | GsoType.UdpTunnelChecksum, GsoType.Sctp, GsoType.Sctp | GsoType.UdpTunnel,
        GsoType.TcpV4 | GsoType.Esp, GsoType.TcpV6 | GsoType.Esp, GsoType.UdpL4 | GsoType.Esp | GsoType.UdpTunnel,
        GsoType.TcpV4 | GsoType.FragmentList, GsoType.UdpL4 | GsoType.FragmentList, GsoType.TcpV4 | GsoType.Dodgy, GsoType.UdpL4 | GsoType.Dodgy,
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
            new("esp", DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList | DeviceFeatures.Esp | DeviceFeatures.ChecksumSctp, 1500),
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
            Packet packet = random.Next(3) == 0 ? Listed(random, pool, frame.AsSpan(0, kept), state) : pool.Rent(frame.AsSpan(0, kept), state);
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

    /// <summary>The end of the frame in packets of a fragment list, some with something in the headroom in front.</summary>
    private static Packet Listed(Random random, PacketPool pool, ReadOnlySpan<byte> frame, OffloadState state)
    {
        int offset = Math.Min(frame.Length, random.Next(20, 130));
        Packet packet = pool.Rent(frame[..offset], state);
        while (offset < frame.Length)
        {
            int length = Math.Min(frame.Length - offset, random.Next(4) == 0 ? random.Next(100) : 1000);
            int before = random.Next(2) == 0 ? Math.Min(offset, 40) : 0;
            Packet listed = pool.Rent(frame.Slice(offset - before, before + length), default);
            listed.Pull(before);
            packet.AddToFragmentList(listed);
            offset += length;
        }
        return packet;
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
            GsoSize = random.Next(6) switch { 0 => 0, 1 => OffloadState.GsoByFragmentList, _ => random.Next(100, 1500) },
            EspNextHeader = random.Next(10) == 0 ? (IPProtocol)random.Next(60) : 0,
            EspIVLength = (byte)(random.Next(10) == 0 ? random.Next(256) : 8),
            FragmentIdentification = 7,
        };
    }

    private static (byte[] Frame, OffloadState State)[] Originals()
    {
        var tcp = new TcpFields { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps };
        byte[] payload = Frames.Payload(3000);
        byte[] tcp4 = Frames.Tcp(new IPv4Fields(), tcp, payload);
        byte[] tcp6 = Frames.Tcp(new IPv6Fields { Extensions = [(0, [0, 0, 0xC2, 4, 0, 0, 0x0B, 0xE0])], LengthField = 0 }, tcp, payload);
        byte[] udp = Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, payload);
        byte[] udp6 = Frames.Udp(
            new IPv6Fields { Extensions = [(43, [0, 0, 0, 0, 0, 0, 0, 0]), (60, [0, 0, 1, 4, 0, 0, 0, 0])] },
            new UdpFields { Checksum = FieldChecksum.Partial },
            payload);
        byte[] sctp = Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, payload);
        OffloadState sctpState = Cutter.State(GsoType.Sctp, OffloadState.GsoByFragmentList, 34) with { ChecksumIsCrc32C = true, ChecksumOffset = 8 };
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
            (Frames.Ethernet(udp), Cutter.State(GsoType.UdpFragmentation, 1000, 34)),
            (Frames.Ethernet(udp6), Cutter.State(GsoType.UdpFragmentation, 1000, 70)),
            (Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Frames.Ethernet(udp))),
                Cutter.State(GsoType.UdpFragmentation | GsoType.UdpTunnelChecksum, 1000, 84)),
            (Frames.Ethernet(sctp), sctpState),
            (Frames.Ethernet(tcp4), Cutter.State(GsoType.TcpV4 | GsoType.FragmentList, 1000, 34) with { Checksum = ChecksumState.Unnecessary }),
            (Frames.Ethernet(udp), Cutter.State(GsoType.UdpL4 | GsoType.FragmentList, 1000, 34) with { Checksum = ChecksumState.Unnecessary }),
            (Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 1, 8, tcp4.AsSpan(20))), EspPackets.State(IPProtocol.Tcp, GsoType.TcpV4, 1000, 8, 50)),
            (Frames.Ethernet(EspPackets.Wrap(new IPv6Fields(), 1, 8, tcp4)), EspPackets.State(IPProtocol.IPv4, GsoType.TcpV4, 1000, 8, 90)),
        ];
    }
}
