using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class RemoteChecksumTests
{
    private const int GsoSize = 1001;

    private static readonly byte[] Content = Frames.Payload(5003);
    private static readonly PlainEthernet Frame = new();
    private static readonly PlainIP V4 = new(new IPv4Fields { Id = 0xFFFF });
    private static readonly PlainIP V6 = new(new IPv6Fields());
    private static readonly PlainTcp Tcp = new(new TcpFields { Flags = 0x1FF });
    private static readonly PlainUdp Udp = new(new UdpFields());

    public static TheoryData<bool, bool, bool, bool, bool> Cases
    {
        get
        {
            var data = new TheoryData<bool, bool, bool, bool, bool>();
            for (int bits = 0; bits < 32; bits++)
                data.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void On_a_wire_the_outer_checksum_covers_the_inner_field_as_it_is_sent(
        bool isGue, bool outerIsV6, bool hasChecksum, bool innerIsV6, bool isTcp)
    {
        PlainFrame frame = Build(isGue, outerIsV6, hasChecksum, innerIsV6, isTcp);
        List<byte[]> frames = Cutter.Cut(frame.Build(), frame.Offload(GsoSize));
        Assert.Equal(frame.Segments(GsoSize).Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
        // The receiver makes the inner checksum from what the header tells, and verifies it.
        Assert.All(frames, f => Assert.Equal(frame.HeaderLength, PlainReceiver.Receive(f).HeaderLength));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_device_is_left_the_outer_checksum_and_no_other(bool isGue, bool outerIsV6, bool hasChecksum, bool innerIsV6, bool isTcp)
    {
        PlainFrame frame = Build(isGue, outerIsV6, hasChecksum, innerIsV6, isTcp);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(frame.Build(), frame.Offload(GsoSize));
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, CardModels.CreateGeneric(), ready));
        int udp = frame.OffsetOf(2);
        foreach (byte[] expected in frame.Segments(GsoSize))
        {
            using Packet segment = ready.Dequeue()!;
            byte[] bytes = Cutter.Bytes(segment);
            if (hasChecksum)
            {
                OffloadState owed = new() { Checksum = ChecksumState.Partial, ChecksumStart = udp, ChecksumOffset = 6 };
                Assert.Equal(owed, segment.Offload);
                PartialChecksum.Complete(bytes, udp, 6);
            }
            else
            {
                Assert.Equal(default, segment.Offload);
            }
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(bytes));
        }
        Assert.Equal(0, ready.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_card_that_knows_one_family_is_left_the_outer_checksum_of_that_family(bool outerIsV6)
    {
        PlainFrame frame = Build(isGue: false, outerIsV6, hasChecksum: true, innerIsV6: true, isTcp: true);
        DeviceFeatures features = DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumIPv4;
        var card = new NetDevice("card", features, mtu: 1500) { EncapsulationFeatures = features };
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Assert.Equal(DropReason.None, TransmitPath.Validate(pool.Rent(frame.Build(), frame.Offload(GsoSize)), card, ready));
        for (Packet? segment = ready.First; segment is not null; segment = segment.Next)
            Assert.Equal(outerIsV6 ? ChecksumState.None : ChecksumState.Partial, segment.Offload.Checksum);
    }

    [Fact]
    public void An_outer_checksum_of_zero_is_sent_as_all_ones()
    {
        // The payload is chosen so that the outer sum comes out as 0xFFFF.
        var frame = new PlainFrame([Frame, V4, Udp, new PlainVxlan(1, HasRemoteChecksum: true), Frame, V4, Tcp], new byte[1000]);
        byte[] first = Cutter.Cut(frame.Build(), frame.Offload(500))[0];
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(40));
        BinaryPrimitives.WriteUInt16BigEndian(frame.Payload, checksum);
        first = Cutter.Cut(frame.Build(), frame.Offload(500))[0];
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(40)));
        PlainReceiver.Receive(first);
    }

    [Fact]
    public void What_was_not_captured_leaves_the_outer_checksum_owed()
    {
        PlainFrame frame = Build(isGue: false, outerIsV6: false, hasChecksum: true, innerIsV6: false, isTcp: true);
        byte[] bytes = frame.Build();
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(bytes.AsSpan(0, bytes.Length - 1500), frame.Offload(GsoSize));
        packet.MissingTail = 1500;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        List<ChecksumState> states = [];
        for (Packet? segment = ready.First; segment is not null; segment = segment.Next)
            states.Add(segment.Offload.Checksum);
        Assert.Equal([.. Enumerable.Repeat(ChecksumState.None, 3), .. Enumerable.Repeat(ChecksumState.Partial, 2)], states);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_tunnel_s_header_and_the_type_must_tell_the_same(bool isGue)
    {
        PlainFrame frame = Build(isGue, outerIsV6: false, hasChecksum: true, innerIsV6: false, isTcp: true);
        PlainHeader[] silent = [.. frame.Headers.Select(h => h is PlainVxlan v ? v with { HasRemoteChecksum = false } : h is PlainGue ? new PlainGue() : h)];
        OffloadState state = frame.Offload(GsoSize);
        AssertRefused(frame.Build(), state with { GsoType = state.GsoType & ~GsoType.TunnelRemoteChecksum }, DropReason.GsoTypeMismatch);
        var unannounced = new PlainFrame(silent, Content);
        state = unannounced.Offload(GsoSize);
        AssertRefused(unannounced.Build(), state with { GsoType = state.GsoType | GsoType.TunnelRemoteChecksum }, DropReason.GsoTypeMismatch);

        byte[] moved = frame.Build();
        moved[isGue ? 42 + 9 : 42 + 7]++;
        AssertRefused(moved, frame.Offload(GsoSize), DropReason.GsoTypeMismatch);
    }

    [Fact]
    public void It_goes_with_one_outer_checksum_only()
    {
        var gre = new PlainFrame([Frame, V4, Udp, new PlainGue(true), new PlainGre(HasChecksum: true), V4, Tcp], Content);
        AssertRefused(gre.Build(), gre.Offload(GsoSize), DropReason.GsoNestedTunnels);
        var udp = new PlainFrame([Frame, V4, Udp, new PlainVxlan(1), Frame, V4, Udp, new PlainGue(true), V4, Tcp], Content);
        AssertRefused(udp.Build(), udp.Offload(GsoSize), DropReason.GsoNestedTunnels);
    }

    [Fact]
    public void A_tunnel_without_a_checksum_may_be_around_it()
    {
        foreach (PlainHeader[] outer in (PlainHeader[][])[[V6], [V4, new PlainGre()]])
        {
            var frame = new PlainFrame([Frame, .. outer, V4, Udp, new PlainVxlan(1, HasRemoteChecksum: true), Frame, V6, Tcp], Content);
            List<byte[]> frames = Cutter.Cut(frame.Build(), frame.Offload(GsoSize));
            Assert.Equal(frame.Segments(GsoSize).Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
        }
    }

    private static PlainFrame Build(bool isGue, bool outerIsV6, bool hasChecksum, bool innerIsV6, bool isTcp)
    {
        var outer = new PlainUdp(new UdpFields { Checksum = hasChecksum ? FieldChecksum.Good : FieldChecksum.Zero });
        PlainHeader[] tunnel = isGue
            ? [new PlainGue(HasRemoteChecksum: true), new PlainGre(), Frame]
            : [new PlainVxlan(5, HasRemoteChecksum: true), Frame];
        return new PlainFrame([Frame, outerIsV6 ? V6 : V4, outer, .. tunnel, innerIsV6 ? V6 : V4, isTcp ? Tcp : Udp], Content);
    }

    private static void AssertRefused(byte[] frame, OffloadState state, DropReason reason) =>
        Assert.Equal(reason, Cutter.TryCut(frame, state, NetDevice.Wire(), out _));
}
