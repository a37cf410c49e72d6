using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Seeded random super-frames, linear and in parts, against frames that plain code builds.</summary>
public sealed class RandomSuperFrameTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Segments_are_what_plain_code_builds_however_the_packet_lies_in_memory(int seed)
    {
        var random = new Random(seed);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        for (int round = 0; round < 400; round++)
        {
            bool isTcp = random.Next(3) != 0;
            IPFields ip = RandomIP(random);
            byte[] payload = RandomPayload(random);
            int gsoSize = Math.Max((payload.Length + 255) / 256, random.Next(4) == 0 ? random.Next(1, 70) : random.Next(1, payload.Length + 100));
            TcpFields tcp = RandomTcp(random);
            byte[] frame = Frames.Ethernet(isTcp
                ? Frames.Tcp(ip, tcp, payload)
                : Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, payload));
            List<byte[]> expected = isTcp ? Cutter.PlainTcp(ip, tcp, payload, gsoSize) : Cutter.PlainUdp(ip, new UdpFields(), payload, gsoSize);

            GsoType type = !isTcp ? GsoType.UdpL4 : ip is IPv4Fields ? GsoType.TcpV4 : GsoType.TcpV6;
            int transport = 14 + ip.HeaderLength;
            int headers = transport + (isTcp ? 20 + tcp.Options.Length : 8);
            Packet packet = Scatter(random, pool, frame, headers, Cutter.State(type, gsoSize, transport));
            Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));

            Assert.Equal(expected.Count, ready.Count);
            int index = 0;
            for (Packet? segment = ready.First; segment is not null; segment = segment.Next)
            {
                Assert.Equal(Convert.ToHexString(Frames.Ethernet(expected[index++])), Convert.ToHexString(Cutter.Bytes(segment)));
                Assert.Equal(default, segment.Offload);
            }
            ready.Clear();
            Assert.Equal(0, pool.OutstandingPackets);
            Assert.Equal(0, pool.OutstandingPages);
        }
    }

    [Fact]
    public void The_payload_is_not_copied()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var page = new Page(frame);
        TransmitPath.Validate(pool.Rent(page, 0, frame.Length, Cutter.State(GsoType.TcpV4, 1000, 34)), NetDevice.Wire(), ready);
        int offset = 54;
        for (Packet? segment = ready.First; segment is not null; segment = segment.Next, offset += 1000)
            Assert.Equal([new PageFragment(page, offset, 1000)], segment.Fragments.ToArray());
        Assert.Equal(1 + 5, page.References);
        ready.Clear();
        Assert.Equal(1, page.References);
    }

    [Fact]
    public void A_segment_with_more_pieces_than_it_has_room_for_gets_a_copy_of_the_rest()
    {
        byte[] payload = Frames.Payload(3000);
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, payload));
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(frame.AsSpan(0, 54), Cutter.State(GsoType.TcpV4, 1000, 34));
        var page = new Page(frame);
        for (int offset = 54; offset < frame.Length; offset += 7)
        {
            Packet piece = pool.Rent(page, offset, Math.Min(7, frame.Length - offset), default);
            packet.AddToFragmentList(piece);
        }
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        List<byte[]> expected = Cutter.PlainTcp(new IPv4Fields(), new TcpFields(), payload, 1000);
        foreach (byte[] whole in expected)
        {
            using Packet segment = ready.Dequeue()!;
            Assert.True(segment.Fragments.Length <= Packet.MaxFragments);
            Assert.Equal(Convert.ToHexString(Frames.Ethernet(whole)), Convert.ToHexString(Cutter.Bytes(segment)));
        }
        Assert.Equal(1, page.References);
        Assert.Equal(0, pool.OutstandingPages);
    }

    /// <summary>
    /// The frame's bytes in a packet: linear, or the rest of it in fragments and packets of a fragment list, split anywhere.
    /// </summary>
    private static Packet Scatter(Random random, PacketPool pool, byte[] frame, int headers, OffloadState state)
    {
        if (random.Next(3) == 0)
            return pool.Rent(frame, state);
        int linear = random.Next(2) == 0 ? headers : random.Next(headers, frame.Length + 1);
        Packet packet = pool.Rent(frame.AsSpan(0, linear), state);
        int offset = linear;
        int fragments = random.Next(1, Packet.MaxFragments + 1);
        for (int i = 0; i < fragments && offset < frame.Length; i++)
            offset += AddFragment(random, pool, packet, frame, offset);
        while (offset < frame.Length)
        {
            Packet next = pool.Rent(frame.AsSpan(offset, random.Next(0, Math.Min(2000, frame.Length - offset) + 1)), default);
            offset += next.Length;
            if (offset < frame.Length)
                offset += AddFragment(random, pool, next, frame, offset);
            packet.AddToFragmentList(next);
        }
        return packet;
    }

    private static int AddFragment(Random random, PacketPool pool, Packet packet, byte[] frame, int offset)
    {
        int length = random.Next(0, Math.Min(3000, frame.Length - offset) + 1);
        int before = random.Next(0, 5);
        Page page = pool.RentPage(before + length);
        frame.AsSpan(offset, length).CopyTo(page.Bytes.AsSpan(before));
        packet.AddFragment(page, before, length);
        pool.Release(page);
        return length;
    }

    private static byte[] RandomPayload(Random random)
    {
        byte[] payload = new byte[random.Next(5) == 0 ? random.Next(1, 100) : random.Next(1, 30_000)];
        switch (random.Next(4))
        {
            case 0: payload.AsSpan().Fill(0xFF); break;
            case 1: break;
            default: random.NextBytes(payload); break;
        }
        return payload;
    }

    private static IPFields RandomIP(Random random)
    {
        if (random.Next(2) == 0)
        {
            byte[] options = new byte[4 * random.Next(0, 11)];
            options.AsSpan().Fill(1);
            return new IPv4Fields { Id = (ushort)random.Next(65536), Options = options, TrafficClass = (byte)random.Next(256) };
        }
        return new IPv6Fields
        {
            FlowLabel = random.Next(1 << 20),
            TrafficClass = (byte)random.Next(256),
            Extensions = random.Next(2) == 0 ? [] : [(0, [0, 0, 5, 2, 0, 0, 1, 0]), (60, [0, 0, 1, 4, 0, 0, 0, 0])],
        };
    }

    private static TcpFields RandomTcp(Random random)
    {
        byte[] options = new byte[4 * random.Next(0, 11)];
        options.AsSpan().Fill(1);
        return new TcpFields
        {
            Sequence = (uint)random.NextInt64(1L << 32),
            Acknowledgment = (uint)random.NextInt64(1L << 32),
            Flags = (ushort)random.Next(512),
            Window = (ushort)random.Next(65536),
            UrgentPointer = (ushort)random.Next(65536),
            Options = options,
            Checksum = FieldChecksum.Partial,
        };
    }
}
