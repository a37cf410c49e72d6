using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>A device that repeats outer headers is given one piece of whole frames and a remainder, and sends what software would have.</summary>
public sealed class PartialSegmentationTests : IDisposable
{
    private const int GsoSize = 1300;

    private static readonly PlainEthernet Frame = new();
    private static readonly PlainIP V4 = new(new IPv4Fields { Id = 0xFFFE });
    private static readonly PlainIP V6 = new(new IPv6Fields());
    private static readonly PlainUdp Udp = new(new UdpFields());
    private static readonly PlainTcp Tcp = new(new TcpFields { Flags = 0x1FF, Options = TcpFields.Timestamps, Sequence = 0xFFFFF000 });

    private static readonly Dictionary<string, PlainHeader[]> Stacks = new()
    {
        ["VXLAN over IPv4"] = [Frame, V4, Udp, new PlainVxlan(1), Frame],
        ["VXLAN over IPv6"] = [Frame, V6, Udp, new PlainVxlan(1), Frame],
        ["VXLAN without checksum"] = [Frame, V4, new PlainUdp(new UdpFields { Checksum = FieldChecksum.Zero }), new PlainVxlan(1), Frame],
        ["Geneve with options"] = [Frame, V6, Udp, new PlainGeneve(1, [1, 2, 3, 1, 0, 0, 0, 9])],
        ["GRE with checksum"] = [Frame, V4, new PlainGre(HasChecksum: true, Key: 7)],
        ["GRE"] = [Frame, V6, new PlainGre(), Frame],
        ["IP in IPv4"] = [Frame, V4],
        ["IP in IPv6"] = [Frame, V6],
        ["GRE with checksum in GUE"] = [Frame, V4, Udp, new PlainGue(), V4, new PlainGre(HasChecksum: true)],
    };

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();

    public static TheoryData<string, bool, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, bool, bool>();
            foreach (string name in Stacks.Keys)
            {
                for (int bits = 0; bits < 4; bits++)
                    data.Add(name, (bits & 1) != 0, (bits & 2) != 0);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_the_device_sends_is_what_software_would_have_sent(string name, bool innerIsV6, bool isTcp)
    {
        PlainIP inner = innerIsV6 ? V6 : new PlainIP(new IPv4Fields { Id = 0xFFF0 });
        foreach (int length in (int[])[(3 * GsoSize) + 7, 4 * GsoSize, (2 * GsoSize) + 1, GsoSize + 1])
        {
            var frame = new PlainFrame([.. Stacks[name], inner, isTcp ? Tcp : Udp], Frames.Payload(length));
            List<byte[]> sent = [];
            foreach (Packet packet in Validate(frame, GsoSize))
            {
                OffloadState state = packet.Offload;
                byte[] bytes = Cutter.Bytes(packet);
                sent.AddRange(PartialDevice.Send(
                    bytes, state.IsGso ? state : state with { GsoSize = GsoSize }, frame.HeaderLength, !innerIsV6, isTcp));
            }
            Assert.Equal(
                frame.Segments(GsoSize).Select(s => Convert.ToHexString(PartialDevice.WithoutOuterIds(frame, s))),
                sent.Select(s => Convert.ToHexString(PartialDevice.WithoutOuterIds(frame, s))));
        }
    }

    [Fact]
    public void A_piece_says_how_many_frames_it_is_and_a_remainder_is_a_frame_like_any_other()
    {
        PlainFrame frame = Vxlan((5 * GsoSize) + 10);
        Packet[] packets = [.. Validate(frame, GsoSize)];
        Assert.Equal(2, packets.Length);
        GsoType whole = GsoType.TcpV4 | GsoType.TcpEcn | GsoType.UdpTunnelChecksum | GsoType.Partial;
        Assert.Equal((whole, GsoSize, 5), (packets[0].Offload.GsoType, packets[0].Offload.GsoSize, packets[0].Offload.GsoSegments));
        Assert.Equal((GsoType.None, 0, 0), (packets[1].Offload.GsoType, packets[1].Offload.GsoSize, packets[1].Offload.GsoSegments));
        Assert.All(packets, p => Assert.Equal((ChecksumState.Partial, 84, 16), (p.Offload.Checksum, p.Offload.ChecksumStart, p.Offload.ChecksumOffset)));
        Assert.Equal([frame.HeaderLength + (5 * GsoSize), frame.HeaderLength + 10], packets.Select(p => p.Length));
    }

    [Fact]
    public void The_lengths_of_all_IP_and_tunnel_headers_are_those_of_one_frame()
    {
        PlainFrame frame = Vxlan(5 * GsoSize);
        byte[] piece = Cutter.Bytes(Assert.Single(Validate(frame, GsoSize)));
        int wire = frame.HeaderLength + GsoSize;
        Assert.Equal(wire - 14, U16(piece, 14 + 2));
        Assert.Equal(wire - 34, U16(piece, 34 + 4));
        Assert.Equal(wire - 64, U16(piece, 64 + 2));
        // TCP's sum counts the whole piece, as a super-frame's does.
        Assert.Equal(V4.Fields.PseudoSum(6, piece.Length - 84), U16(piece, 84 + 16));
    }

    [Fact]
    public void Identifications_go_on_by_as_many_frames_as_the_piece_is()
    {
        PlainFrame frame = Vxlan((5 * GsoSize) + 10);
        byte[][] packets = [.. Validate(frame, GsoSize).Select(Cutter.Bytes)];
        Assert.Equal([0xFFFE, 3], packets.Select(p => U16(p, 14 + 4)));
        Assert.Equal([0xFFFE, 3], packets.Select(p => U16(p, 64 + 4)));
    }

    [Fact]
    public void Headers_that_were_not_trusted_are_trusted_once_they_are_repeated()
    {
        PlainFrame frame = Vxlan(5 * GsoSize);
        OffloadState state = frame.Offload(GsoSize);
        Packet piece = Assert.Single(Validate(frame, state with { GsoType = state.GsoType | GsoType.Dodgy }, PartialDevice.Create()));
        Assert.Equal(GsoType.None, piece.Offload.GsoType & GsoType.Dodgy);
    }

    [Fact]
    public void A_piece_is_its_device_s_and_not_cut_again()
    {
        PlainFrame frame = Vxlan(5 * GsoSize);
        Packet piece = Assert.Single(Validate(frame, GsoSize));
        Assert.Equal(DropReason.GsoTypeMismatch, Cutter.TryCut(Cutter.Bytes(piece), piece.Offload, NetDevice.Wire(), out _));
    }

    [Fact]
    public void BIG_TCP_is_cut_into_several_pieces()
    {
        PlainFrame frame = Vxlan(150_000);
        NetDevice device = PartialDevice.Create();
        device.GsoMaxSize = 200_000;
        device.GsoIPv4MaxSize = 200_000;
        Packet[] packets = [.. Validate(frame, frame.Offload(GsoSize), device)];
        Assert.Equal([50, 50, 16], packets.Select(p => p.Offload.GsoSegments));
        Assert.Equal([65_000, 65_000, 20_000], packets.Select(p => p.Length - frame.HeaderLength));
    }

    [Fact]
    public void Without_all_of_the_tunnel_s_features_the_device_is_given_frames()
    {
        PlainFrame frame = Vxlan(5 * GsoSize);
        NetDevice device = PartialDevice.Create();
        device.Switch(DeviceFeatures.UdpTunnelChecksumSegmentation, on: false);
        Assert.Equal(5, Validate(frame, frame.Offload(GsoSize), device).Count());
    }

    [Fact]
    public void A_device_that_needs_one_piece_of_memory_or_has_no_checksum_is_given_frames()
    {
        PlainFrame frame = Vxlan(5 * GsoSize);
        foreach (DeviceFeatures feature in (DeviceFeatures[])[DeviceFeatures.ScatterGather, DeviceFeatures.ChecksumGeneric])
        {
            NetDevice device = PartialDevice.Create();
            device.Switch(feature, on: false);
            Assert.Equal(5, Validate(frame, frame.Offload(GsoSize), device).Count());
        }
    }

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    private static PlainFrame Vxlan(int length) => new([.. Stacks["VXLAN over IPv4"], V4, Tcp], Frames.Payload(length));

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private IEnumerable<Packet> Validate(PlainFrame frame, int size) => Validate(frame, frame.Offload(size), PartialDevice.Create());

    private IEnumerable<Packet> Validate(PlainFrame frame, OffloadState state, NetDevice device)
    {
        _ready.Clear();
        Assert.Equal(DropReason.None, TransmitPath.Validate(_pool.Rent(frame.Build(), state), device, _ready));
        for (Packet? packet = _ready.First; packet is not null; packet = packet.Next)
            yield return packet;
    }
}
