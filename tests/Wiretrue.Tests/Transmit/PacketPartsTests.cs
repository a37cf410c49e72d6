using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

/// <summary>How a packet lies in memory is its own affair: the same bytes leave, and the same is still owed to them.</summary>
public sealed class PacketPartsTests
{
    private static readonly NetDevice[] Devices =
    [
        NetDevice.Wire(),
        new("piece", DeviceFeatures.None, 1500),
        new("parts", DeviceFeatures.ScatterGather, 1500),
        new("checksum", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumGeneric, 1500),
        new("tso", DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList | DeviceFeatures.ChecksumGeneric | DeviceFeatures.TcpSegmentation, 1500),
    ];

    public static TheoryData<string, int> Layouts
    {
        get
        {
            var layouts = new TheoryData<string, int>();
            foreach (string packet in Sent.Keys)
            {
                foreach (int parts in (int[])[2, 5, 17])
                    layouts.Add(packet, parts);
            }
            return layouts;
        }
    }

    private static Dictionary<string, (byte[] Frame, OffloadState State)> Sent { get; } = new()
    {
        ["tcp"] = (Tcp(new IPv4Fields()), Cutter.State(GsoType.TcpV4, 1448, 34)),
        ["tagged tcp"] = (Frames.Ethernet(Tcp(new IPv6Fields()).AsSpan(14), (0x8100, 5)), Cutter.State(GsoType.TcpV6, 333, 58)),
        ["udp"] = (Udp(new IPv6Fields()), Cutter.State(GsoType.UdpL4, 1001, 54)),
        ["partial tcp"] = (Tcp(new IPv4Fields()), Cutter.State(GsoType.None, 0, 34)),
        ["finished udp"] = (Udp(new IPv4Fields()), default),
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Fragments_with_odd_splits_leave_as_the_same_bytes(string name, int parts)
    {
        (byte[] frame, OffloadState state) = Sent[name];
        // The first split lies in the link header, in the IP header, in the transport's, and beyond all headers.
        foreach (int linear in (int[])[1, 13, 23, 51, 133])
            SameAsLinear(frame, state, pool => InFragments(pool, frame, state, linear, parts));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_fragment_list_leaves_as_the_same_bytes(string name, int parts)
    {
        (byte[] frame, OffloadState state) = Sent[name];
        foreach (int linear in (int[])[1, 23, 133])
            SameAsLinear(frame, state, pool => InList(pool, frame, state, linear, parts));
    }

    [Fact]
    public void Fragments_and_a_list_whose_packets_have_fragments_leave_as_the_same_bytes()
    {
        foreach ((byte[] frame, OffloadState state) in Sent.Values)
        {
            SameAsLinear(frame, state, pool =>
            {
                int half = frame.Length / 2 | 1;
                Packet packet = InFragments(pool, frame.AsSpan(0, half), state, 77, 5);
                packet.AddToFragmentList(InFragments(pool, frame.AsSpan(half, 999), default, 1, 3));
                packet.AddToFragmentList(InFragments(pool, frame.AsSpan(half + 999), default, 7, 16));
                return packet;
            });
        }
    }

    private static void SameAsLinear(byte[] frame, OffloadState state, Func<PacketPool, Packet> rent)
    {
        foreach (NetDevice device in Devices)
        {
            List<(OffloadState, string)> expected = Leaving(pool => pool.Rent(frame, state), device);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Leaving(rent, device));
        }
    }

    private static List<(OffloadState State, string Bytes)> Leaving(Func<PacketPool, Packet> rent, NetDevice device)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = rent(pool);
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, device, ready));
        var leaving = new List<(OffloadState, string)>();
        for (Packet? left = ready.First; left is not null; left = left.Next)
            leaving.Add((left.Offload, Convert.ToHexString(Cutter.Bytes(left))));
        ready.Clear();
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
        return leaving;
    }

    private static Packet InFragments(PacketPool pool, ReadOnlySpan<byte> frame, OffloadState state, int linear, int count)
    {
        Packet packet = pool.Rent(frame[..linear], state);
        foreach ((int start, int length) in Split(linear, frame.Length, count))
        {
            // A page of its own for each, at an odd place.
            byte[] page = new byte[length + 6];
            frame.Slice(start, length).CopyTo(page.AsSpan(3));
            packet.AddFragment(new Page(page), 3, length);
        }
        return packet;
    }

    private static Packet InList(PacketPool pool, ReadOnlySpan<byte> frame, OffloadState state, int linear, int count)
    {
        Packet packet = pool.Rent(frame[..linear], state);
        foreach ((int start, int length) in Split(linear, frame.Length, count))
            packet.AddToFragmentList(pool.Rent(frame.Slice(start, length), default));
        return packet;
    }

    /// <summary>Parts of odd length that grow, so that no two begin alike; the last has what is left.</summary>
    private static IEnumerable<(int Start, int Length)> Split(int start, int end, int count)
    {
        int step = (end - start) / (count * count) * 2;
        for (int i = 0; i < count; i++)
        {
            int length = i == count - 1 ? end - start : Math.Max(1, step * i / 2) | 1;
            yield return (start, length);
            start += length;
        }
    }

    private static byte[] Tcp(IPFields ip) =>
        Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps }, Frames.Payload(9001)));

    private static byte[] Udp(IPFields ip) =>
        Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(9001)));
}
