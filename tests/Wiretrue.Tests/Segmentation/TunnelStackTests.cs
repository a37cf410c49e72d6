using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Each stack of headers by name, around TCP and UDP over both families, cut and held against plain code.</summary>
public sealed class TunnelStackTests : IDisposable
{
    private const int GsoSize = 997;

    private static readonly byte[] Content = Frames.Payload(4321);
    private static readonly UdpFields Checked = new() { SourcePort = 50000 };
    private static readonly UdpFields Unchecked = Checked with { Checksum = FieldChecksum.Zero };
    private static readonly PlainIP V4 = new(new IPv4Fields { Id = 0xFFFE });
    private static readonly PlainIP V6 = new(new IPv6Fields());
    private static readonly PlainIP V6Limited = new(new IPv6Fields { Extensions = [(60, [0, 0, 4, 1, 4, 1, 1, 0])] });
    private static readonly PlainEthernet Frame = new();

    /// <summary>What stands before the innermost IP header, given what the UDP header of a tunnel says.</summary>
    private static readonly Dictionary<string, Func<UdpFields, PlainHeader[]>> Stacks = new()
    {
        ["GUE"] = udp => [Frame, V4, new PlainUdp(udp), new PlainGue()],
        ["GUE over IPv6"] = udp => [Frame, V6, new PlainUdp(udp), new PlainGue()],
        ["GUE variant 1"] = udp => [Frame, V4, new PlainUdp(udp, FixedPort: 6080)],
        ["GUE and GRE with Ethernet"] = udp => [Frame, V6, new PlainUdp(udp), new PlainGue(), new PlainGre(), Frame],
        ["FOU"] = udp => [Frame, V6, new PlainUdp(udp)],
        ["MPLS in UDP"] = udp => [Frame, V4, new PlainUdp(udp), new PlainMpls(16), new PlainMpls(17)],
        ["VXLAN-GPE with NSH"] = udp => [Frame, V4, new PlainUdp(udp), new PlainVxlanGpe(7), new PlainNsh(0x1FF), Frame],
        ["VXLAN with group policy, tags and labels inside"] = udp =>
            [Frame, V6, new PlainUdp(udp), new PlainVxlan(7, 9), Frame, new PlainVlan(0x88A8, 5), new PlainVlan(0x8100, 6), new PlainMpls(16)],
        ["VXLAN with PPPoE inside"] = udp => [Frame, V4, new PlainUdp(udp), new PlainVxlan(7), Frame, new PlainPppoe(3)],
        ["Geneve with options and IP inside"] = udp => [Frame, V4, new PlainUdp(udp), new PlainGeneve(7, [1, 2, 3, 1, 0, 0, 0, 9])],
        ["NSH in front"] = _ => [Frame, new PlainNsh(0x2FF, []), new PlainNsh(0x1FE), Frame],
        ["NSH in GRE"] = _ => [Frame, V4, new PlainGre(Key: 9), new PlainNsh(0x2FF, [1, 2, 3, 4])],
        ["MPLS in GRE with checksum"] = _ => [Frame, V6, new PlainGre(HasChecksum: true), new PlainMpls(16)],
        ["IPv6 with a tunnel limit"] = _ => [Frame, V6Limited],
        ["five tags"] = _ => [Frame, .. Enumerable.Range(1, 5).Select(i => new PlainVlan(i < 5 ? (ushort)0x88A8 : (ushort)0x8100, (ushort)i))],
        ["VXLAN in IPv4"] = udp => [Frame, V4, V4, new PlainUdp(udp), new PlainVxlan(7), Frame],
        ["IPv6 in VXLAN"] = udp => [Frame, V4, new PlainUdp(udp), new PlainVxlan(7), Frame, V6],
        ["VXLAN in VXLAN"] = udp => [Frame, V6, new PlainUdp(udp), new PlainVxlan(7), Frame, V4, new PlainUdp(udp), new PlainVxlan(8), Frame],
        ["GRE with checksum in Geneve"] = udp => [Frame, V4, new PlainUdp(udp), new PlainGeneve(7, []), V6, new PlainGre(HasChecksum: true, Key: 4)],
        ["VXLAN in GRE with checksum"] = udp => [Frame, V4, new PlainGre(HasChecksum: true), V4, new PlainUdp(udp), new PlainVxlan(7), Frame],
        ["GRE in GRE, both with checksums"] = _ => [Frame, V4, new PlainGre(HasChecksum: true), V6, new PlainGre(HasChecksum: true), Frame],
        ["GUE in FOU"] = udp => [Frame, V4, new PlainUdp(udp), V4, new PlainUdp(udp), new PlainGue()],
        ["IPv4 in IPv4 in front"] = _ => [Frame, V4, V4],
    };

    private readonly PacketPool _pool = new() { TunnelPorts = PlainFrameOffload.Ports };
    private readonly PacketQueue _ready = new();

    public static TheoryData<string, bool> Names
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string name in Stacks.Keys)
            {
                data.Add(name, true);
                data.Add(name, false);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_header_is_that_of_its_segment(string name, bool hasChecksum)
    {
        foreach (PlainHeader transport in (PlainHeader[])[new PlainTcp(new TcpFields { Flags = 0x1FF }), new PlainUdp(Checked)])
        {
            foreach (PlainIP inner in (PlainIP[])[V4, V6])
                Judge(new PlainFrame([.. Stacks[name](hasChecksum ? Checked : Unchecked), inner, transport], Content));
        }
    }

    [Fact]
    public void IP_in_FOU_may_be_called_IP_in_IP_as_well_as_Linux_does()
    {
        var frame = new PlainFrame([Frame, V6, new PlainUdp(Checked), V4, new PlainTcp(new TcpFields())], Content);
        Judge(frame, GsoType.IPXIP6);
        Judge(new PlainFrame([Frame, V4, new PlainUdp(Checked), new PlainGue(), V6, new PlainTcp(new TcpFields())], Content), GsoType.IPXIP4);
        AssertRefused(frame, DropReason.GsoTypeMismatch, GsoType.IPXIP4);
        var vxlan = new PlainFrame([Frame, V4, new PlainUdp(Checked), new PlainVxlan(1), Frame, V4, new PlainTcp(new TcpFields())], Content);
        AssertRefused(vxlan, DropReason.GsoTypeMismatch, GsoType.IPXIP4);
    }

    [Fact]
    public void A_third_tunnel_is_refused()
    {
        PlainTcp tcp = new(new TcpFields());
        AssertRefused(new PlainFrame([Frame, V4, V4, V4, V6, tcp], Content), DropReason.GsoNestedTunnels);
        AssertRefused(
            new PlainFrame([Frame, V4, new PlainGre(), V4, new PlainUdp(Checked), new PlainVxlan(1), Frame, V6, V4, tcp], Content),
            DropReason.GsoNestedTunnels);
    }

    [Fact]
    public void Two_UDP_tunnels_of_which_one_has_a_checksum_cannot_be_announced_by_one_bit()
    {
        PlainHeader[] headers =
        [
            Frame, V4, new PlainUdp(Unchecked), new PlainVxlan(1), Frame, V4, new PlainUdp(Checked), new PlainVxlan(2), Frame, V4,
            new PlainTcp(new TcpFields()),
        ];
        var frame = new PlainFrame(headers, Content);
        foreach (GsoType type in (GsoType[])[GsoType.UdpTunnel, GsoType.UdpTunnelChecksum, GsoType.UdpTunnel | GsoType.UdpTunnelChecksum])
        {
            OffloadState state = frame.Offload(GsoSize);
            state = state with { GsoType = GsoType.TcpV4 | type };
            Assert.Equal(DropReason.GsoTypeMismatch, Cutter.TryCut(frame.Build(), state, NetDevice.Wire(), out _));
        }
    }

    [Fact]
    public void Two_tunnels_of_a_kind_are_cut_before_a_device_that_would_take_them_for_one()
    {
        PlainHeader[] vxlan = [Frame, V4, new PlainUdp(Checked), new PlainVxlan(1)];
        PlainTcp tcp = new(new TcpFields());
        Assert.Equal(1, CountOnCard(new PlainFrame([.. vxlan, Frame, V4, tcp], Content)));
        Assert.Equal(5, CountOnCard(new PlainFrame([.. vxlan, .. vxlan, Frame, V4, tcp], Content)));
        Assert.Equal(5, CountOnCard(new PlainFrame([Frame, V4, V4, V4, tcp], Content)));
        // Both are told: it is the card's word that it can.
        Assert.Equal(1, CountOnCard(new PlainFrame([Frame, V4, new PlainGre(), .. vxlan, Frame, V4, tcp], Content)));
    }

    /// <summary>Headers put around an IP packet of nearly 64 KiB: the length is what 16 bits leave of it, whatever that says.</summary>
    [Theory]
    [InlineData(65_400)]
    [InlineData(65_466)]
    [InlineData(65_468)]
    [InlineData(70_000)]
    public void An_outer_UDP_length_that_overflowed_does_not_matter(int payload)
    {
        var frame = new PlainFrame(
            [Frame, V6, new PlainUdp(Checked), new PlainVxlan(7), Frame, V4, new PlainTcp(new TcpFields())], Frames.Payload(payload));
        byte[] bytes = frame.Build();
        int udp = frame.OffsetOf(2);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(udp + 4), (ushort)(bytes.Length - udp));
        List<byte[]> frames = Cutter.Cut(bytes, frame.Offload(GsoSize));
        Assert.Equal(frame.Segments(GsoSize).Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
    }

    [Fact]
    public void What_is_reserved_behind_a_GRE_checksum_is_cleared_as_Linux_does()
    {
        var frame = new PlainFrame([Frame, V4, new PlainGre(HasChecksum: true), V4, new PlainTcp(new TcpFields())], Content);
        byte[] bytes = frame.Build();
        bytes[34 + 6] = 0x12;
        List<byte[]> frames = Cutter.Cut(bytes, frame.Offload(GsoSize));
        Assert.Equal(frame.Segments(GsoSize).Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
    }

    [Fact]
    public void A_datagram_that_looks_like_a_tunnel_is_cut_where_its_checksum_is_owed()
    {
        // The payload of the inner datagrams goes to VXLAN's port, and begins like VXLAN.
        byte[] payload = [8, 0, 0, 0, 0, 0, 7, 0, .. Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Content))];
        var frame = new PlainFrame(
            [Frame, V4, new PlainUdp(Checked), new PlainVxlan(1), Frame, V4, new PlainUdp(Checked with { DestinationPort = 4789 })], payload);
        Judge(frame, isReceived: false);
    }

    [Fact]
    public void The_middle_header_of_two_tunnels_keeps_its_identification_with_the_inner_one()
    {
        PlainIP kept = V4 with { HasFixedId = true };
        Judge(new PlainFrame([Frame, kept, V4, V4, new PlainTcp(new TcpFields())], Content));
        Judge(new PlainFrame([Frame, V4, kept, kept, new PlainTcp(new TcpFields())], Content));
    }

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    private void Judge(PlainFrame frame, GsoType alsoAnnounced = GsoType.None, bool isReceived = true)
    {
        OffloadState state = frame.Offload(GsoSize);
        Packet packet = _pool.Rent(frame.Build(), state with { GsoType = state.GsoType | alsoAnnounced });
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), _ready));
        foreach (byte[] expected in frame.Segments(GsoSize))
        {
            using Packet segment = _ready.Dequeue()!;
            byte[] actual = Cutter.Bytes(segment);
            Assert.Equal((frame.ToString(), Convert.ToHexString(expected)), (frame.ToString(), Convert.ToHexString(actual)));
            if (isReceived)
                Assert.Equal(frame.HeaderLength, PlainReceiver.Receive(actual).HeaderLength);
        }
        Assert.Equal(0, _ready.Count);
        Assert.Equal(0, _pool.OutstandingPackets);
    }

    private int CountOnCard(PlainFrame frame)
    {
        _ready.Clear();
        Assert.Equal(
            DropReason.None, TransmitPath.Validate(_pool.Rent(frame.Build(), frame.Offload(GsoSize)), CardModels.CreateGeneric(), _ready));
        return _ready.Count;
    }

    private void AssertRefused(PlainFrame frame, DropReason reason, GsoType alsoAnnounced = GsoType.None)
    {
        OffloadState state = frame.Offload(GsoSize);
        Packet packet = _pool.Rent(frame.Build(), state with { GsoType = state.GsoType | alsoAnnounced });
        Assert.Equal(reason, TransmitPath.Validate(packet, NetDevice.Wire(), _ready));
    }
}
