using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>
/// Sends frames down the transmit path, and gives back what came out as plain bytes; the pool's books must balance afterwards.
/// </summary>
internal static class Cutter
{
    /// <summary>A super-frame with its checksum owed at <paramref name="transport"/>.</summary>
    public static OffloadState State(GsoType type, int gsoSize, int transport) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumStart = transport,
        ChecksumOffset = (type & (GsoType.UdpL4 | GsoType.UdpFragmentation)) != 0 ? (ushort)6 : (ushort)16,
        GsoType = type,
        GsoSize = gsoSize,
    };

    /// <summary>What the wire carries for <paramref name="frame"/>; fails when it was dropped.</summary>
    public static List<byte[]> Cut(ReadOnlySpan<byte> frame, OffloadState state)
    {
        DropReason reason = TryCut(frame, state, NetDevice.Wire(), out List<byte[]> frames);
        Assert.Equal(DropReason.None, reason);
        return frames;
    }

    /// <summary>What a device is given for <paramref name="frame"/>.</summary>
    public static DropReason TryCut(ReadOnlySpan<byte> frame, OffloadState state, NetDevice device, out List<byte[]> frames)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        DropReason reason = TransmitPath.Validate(pool.Rent(frame, state), device, ready);
        frames = [];
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            frames.Add(Bytes(packet));
        ready.Clear();
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
        return reason;
    }

    /// <summary>Fails when sending the frame to the wire allocates, once warm.</summary>
    public static void AssertNoAllocation(byte[] frame, OffloadState state)
    {
        using var pool = new PacketPool { TrackOwners = false };
        using var ready = new PacketQueue();
        NetDevice device = NetDevice.Wire();
        var page = new Page(frame);
        void Send()
        {
            if (TransmitPath.Validate(pool.Rent(page, 0, frame.Length, state), device, ready) != DropReason.None)
                Assert.Fail("It was dropped.");
            device.Transmit(ready);
        }

        for (int i = 0; i < 100; i++)
            Send();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Send();
        // Some bytes may come from the runtime tiering up, but not one for each packet.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
    }

    /// <summary>A packet's bytes, gathered.</summary>
    public static byte[] Bytes(Packet packet)
    {
        byte[] bytes = new byte[packet.Length];
        packet.CopyTo(bytes);
        return bytes;
    }

    /// <summary>
    /// What plain code builds for the segments of a TCP super-frame: the same fields, with what must differ from segment to segment.
    /// </summary>
    public static List<byte[]> PlainTcp(IPFields ip, TcpFields tcp, byte[] payload, int gsoSize)
    {
        var frames = new List<byte[]>();
        int count = (payload.Length + gsoSize - 1) / gsoSize;
        for (int i = 0; i < count; i++)
        {
            int flags = tcp.Flags;
            if (i > 0)
                flags &= ~TcpFields.Cwr;
            if (i < count - 1)
                flags &= ~(TcpFields.Fin | TcpFields.Psh);
            TcpFields fields = tcp with { Sequence = tcp.Sequence + (uint)(i * gsoSize), Flags = (ushort)flags, Checksum = FieldChecksum.Good };
            frames.Add(Frames.Tcp(Numbered(ip, i), fields, payload.AsSpan(i * gsoSize, Math.Min(gsoSize, payload.Length - (i * gsoSize)))));
        }
        return frames;
    }

    /// <summary>What plain code builds for the datagrams of a UDP super-datagram.</summary>
    public static List<byte[]> PlainUdp(IPFields ip, UdpFields udp, byte[] payload, int gsoSize)
    {
        var frames = new List<byte[]>();
        for (int i = 0; i * gsoSize < payload.Length; i++)
        {
            ReadOnlySpan<byte> part = payload.AsSpan(i * gsoSize, Math.Min(gsoSize, payload.Length - (i * gsoSize)));
            frames.Add(Frames.Udp(Numbered(ip, i), udp with { LengthField = null }, part));
        }
        return frames;
    }

    /// <summary>What plain code builds for the IP fragments of a datagram, whose checksum covers all of it.</summary>
    public static List<byte[]> PlainFragments(IPFields ip, UdpFields udp, byte[] payload, int gsoSize, uint identification = 0)
    {
        byte[] datagram = Frames.Udp(ip with { LengthField = null }, udp, payload)[ip.HeaderLength..];
        var frames = new List<byte[]>();
        for (int offset = 0; offset < datagram.Length; offset += gsoSize)
        {
            bool isLast = offset + gsoSize >= datagram.Length;
            frames.Add(FragmentFields(ip, offset, isLast, identification).Wrap(17, datagram.AsSpan(offset..Math.Min(datagram.Length, offset + gsoSize))));
        }
        return frames;
    }

    private static IPFields FragmentFields(IPFields ip, int offset, bool isLast, uint identification)
    {
        if (ip is IPv4Fields ipv4)
            return ipv4 with { DontFragment = false, MoreFragments = !isLast, FragmentOffset = (ushort)(offset / 8) };
        byte[] header = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(offset | (isLast ? 0 : 1)));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), identification);
        var ipv6 = (IPv6Fields)ip;
        return ipv6 with { Extensions = [.. ipv6.Extensions, (44, header)] };
    }

    /// <summary>The header of segment <paramref name="index"/>: lengths its own, and an IPv4 ID that counts on.</summary>
    public static IPFields Numbered(IPFields ip, int index) => ip is IPv4Fields ipv4
        ? ipv4 with { Id = (ushort)(ipv4.Id + index), LengthField = null, HeaderChecksum = FieldChecksum.Good }
        : ip with { LengthField = null };
}
