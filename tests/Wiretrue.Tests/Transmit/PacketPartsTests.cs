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
            SameAsLinear(frame, state, pool => SplitPacket.InFragments(pool, frame, state, linear, parts));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_fragment_list_leaves_as_the_same_bytes(string name, int parts)
    {
        (byte[] frame, OffloadState state) = Sent[name];
        foreach (int linear in (int[])[1, 23, 133])
            SameAsLinear(frame, state, pool => SplitPacket.InList(pool, frame, state, linear, parts));
    }

    [Fact]
    public void Fragments_and_a_list_whose_packets_have_fragments_leave_as_the_same_bytes()
    {
        foreach ((byte[] frame, OffloadState state) in Sent.Values)
        {
            SameAsLinear(frame, state, pool =>
            {
                int half = frame.Length / 2 | 1;
                Packet packet = SplitPacket.InFragments(pool, frame.AsSpan(0, half), state, 77, 5);
                packet.AddToFragmentList(SplitPacket.InFragments(pool, frame.AsSpan(half, 999), default, 1, 3));
                packet.AddToFragmentList(SplitPacket.InFragments(pool, frame.AsSpan(half + 999), default, 7, 16));
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
        List<(OffloadState State, byte[] Bytes)> leaving = SplitPacket.Leaving(rent(pool), device, out DropReason reason);
        Assert.Equal(DropReason.None, reason);
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
        return leaving.ConvertAll(left => (left.State, Convert.ToHexString(left.Bytes)));
    }

    private static byte[] Tcp(IPFields ip) =>
        Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps }, Frames.Payload(9001)));

    private static byte[] Udp(IPFields ip) =>
        Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(9001)));
}
