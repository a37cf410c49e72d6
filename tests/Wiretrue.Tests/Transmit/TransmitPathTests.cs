using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

public sealed class TransmitPathTests
{
    private static readonly OffloadState Tcp4 = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };

    private static readonly NetDevice Card = new(
        "card", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumGeneric | DeviceFeatures.TcpSegmentation | DeviceFeatures.Tcp6Segmentation, 1500);

    private static byte[] Partial => Frame(FieldChecksum.Partial);

    [Fact]
    public void What_owes_nothing_goes_as_it_is()
    {
        byte[] frame = Frame(FieldChecksum.Bad);
        Assert.Equal(DropReason.None, Cutter.TryCut(frame, default, NetDevice.Wire(), out List<byte[]> frames));
        Assert.Equal(frame, Assert.Single(frames));
    }

    [Theory]
    [InlineData(ChecksumState.Unnecessary)]
    [InlineData(ChecksumState.Complete)]
    public void What_was_verified_on_the_way_in_goes_as_it_is(ChecksumState state)
    {
        Cutter.TryCut(Frame(FieldChecksum.Good), new OffloadState { Checksum = state }, NetDevice.Wire(), out List<byte[]> frames);
        Assert.Equal(Frame(FieldChecksum.Good), Assert.Single(frames));
    }

    [Fact]
    public void A_clones_checksum_is_completed_in_bytes_of_its_own()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        using Packet packet = pool.Rent(Partial, Tcp4);
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet.Clone(), NetDevice.Wire(), ready));

        byte[] sent = new byte[packet.Length];
        ready.First!.CopyTo(sent);
        Assert.Equal(Frame(FieldChecksum.Good), sent);
        Assert.Equal(Partial, packet.Linear.ToArray());
        ready.Clear();
    }

    [Fact]
    public void The_wire_finishes_nothing_so_it_is_done_before()
    {
        Cutter.TryCut(Partial, Tcp4, NetDevice.Wire(), out List<byte[]> frames);
        Assert.Equal(Frame(FieldChecksum.Good), Assert.Single(frames));
    }

    [Fact]
    public void A_checksum_is_finished_however_the_packet_lies_in_memory()
    {
        byte[] frame = Partial;
        var page = new Page(frame);
        for (int linear = 0; linear <= frame.Length; linear += 7)
        {
            using var pool = new PacketPool();
            using var ready = new PacketQueue();
            Packet packet = pool.Rent(frame.AsSpan(0, linear), Tcp4);
            int half = (frame.Length - linear) / 2;
            packet.AddFragment(page, linear, half);
            packet.AddToFragmentList(pool.Rent(page, linear + half, frame.Length - linear - half, default));
            Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
            Assert.Equal(Convert.ToHexString(Frame(FieldChecksum.Good)), Convert.ToHexString(Cutter.Bytes(ready.First!)));
        }
        Assert.Equal(Partial, frame);
    }

    [Fact]
    public void A_checksum_is_finished_in_the_foreign_page_itself()
    {
        byte[] window = [1, 2, 3, .. Partial, 4, 5];
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        TransmitPath.Validate(pool.Rent(new Page(window), 3, window.Length - 5, Tcp4), NetDevice.Wire(), ready);
        Assert.Equal([1, 2, 3, .. Frame(FieldChecksum.Good), 4, 5], window);
    }

    [Fact]
    public void Bytes_after_the_transport_are_not_covered_once_the_packet_was_walked()
    {
        byte[] frame = [.. Partial, 0xDE, 0xAD, 0xBE, 0xEF];
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(frame, Tcp4);
        packet.Walk();
        TransmitPath.Validate(packet, NetDevice.Wire(), ready);
        Assert.Equal([.. Frame(FieldChecksum.Good), 0xDE, 0xAD, 0xBE, 0xEF], Cutter.Bytes(packet));
    }

    [Theory]
    [InlineData(34, 20)]
    [InlineData(1000, 16)]
    [InlineData(-2, 16)]
    public void A_field_outside_of_the_packet_drops_it_with_a_count(int start, int offset)
    {
        NetDevice wire = NetDevice.Wire();
        OffloadState state = Tcp4 with { ChecksumStart = start, ChecksumOffset = (ushort)offset };
        Assert.Equal(DropReason.ChecksumBeyondPacket, Cutter.TryCut(Partial.AsSpan(0, 55), state, wire, out List<byte[]> frames));
        Assert.Empty(frames);
        Assert.Equal(1, wire.Statistics.Dropped(DropReason.ChecksumBeyondPacket));
    }

    [Fact]
    public void A_snapped_packet_goes_on_with_its_checksum_owed()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(Partial.AsSpan(0, 60), Tcp4);
        packet.MissingTail = Partial.Length - 60;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        Assert.Equal(Partial[..60], Cutter.Bytes(packet));
        Assert.Equal(ChecksumState.Partial, packet.Offload.Checksum);
    }

    [Fact]
    public void An_SCTP_packet_gets_its_CRC()
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(40)));
        OffloadState state = new() { Checksum = ChecksumState.Partial, ChecksumIsCrc32C = true, ChecksumStart = 34, ChecksumOffset = 8 };
        Cutter.TryCut(frame, state, Card, out List<byte[]> frames);
        Assert.Equal(Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, Frames.Payload(40))), Assert.Single(frames));
    }

    [Fact]
    public void An_SCTP_packet_keeps_its_debt_where_the_device_pays_it()
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(40)));
        OffloadState state = new() { Checksum = ChecksumState.Partial, ChecksumIsCrc32C = true, ChecksumStart = 34, ChecksumOffset = 8 };
        Cutter.TryCut(frame, state, new NetDevice("sctp", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumSctp, 1500), out List<byte[]> frames);
        Assert.Equal(frame, Assert.Single(frames));
    }

    [Theory]
    [InlineData(DeviceFeatures.ChecksumGeneric, true)]
    [InlineData(DeviceFeatures.ChecksumIPv4, true)]
    [InlineData(DeviceFeatures.ChecksumIPv6, false)]
    [InlineData(DeviceFeatures.ChecksumSctp, false)]
    public void A_device_gets_the_checksums_of_the_protocols_that_it_knows(DeviceFeatures feature, bool left)
    {
        var device = new NetDevice("card", DeviceFeatures.ScatterGather | feature, 1500);
        Cutter.TryCut(Partial, Tcp4, device, out List<byte[]> frames);
        Assert.Equal(left ? Partial : Frame(FieldChecksum.Good), Assert.Single(frames));
    }

    [Fact]
    public void A_card_with_protocols_of_its_own_is_not_given_an_inner_checksum()
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Partial));
        OffloadState state = Tcp4 with { ChecksumStart = 84 };
        Cutter.TryCut(frame, state, new NetDevice("card", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumIPv4, 1500), out List<byte[]> frames);
        Assert.Equal(Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frame(FieldChecksum.Good))), Assert.Single(frames));
    }

    [Fact]
    public void A_card_takes_a_super_frame_whole()
    {
        Cutter.TryCut(Partial, Tcp4 with { GsoType = GsoType.TcpV4, GsoSize = 500 }, Card, out List<byte[]> frames);
        Assert.Equal(Partial, Assert.Single(frames));
    }

    [Theory]
    [InlineData(GsoType.TcpV4 | GsoType.TcpEcn)]
    [InlineData(GsoType.TcpV4 | GsoType.TcpFixedId)]
    public void A_card_that_lacks_one_thing_gets_segments_with_their_checksums_owed(GsoType type)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        TransmitPath.Validate(pool.Rent(Partial, Tcp4 with { GsoType = type, GsoSize = 500 }), Card, ready);
        Assert.Equal(3, ready.Count);
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
        {
            Assert.Equal(Tcp4, packet.Offload);
            PartialChecksum.Complete(packet);
        }
        List<byte[]> expected = Cutter.Cut(Partial, Tcp4 with { GsoType = type, GsoSize = 500 });
        foreach (byte[] frame in expected)
        {
            using Packet packet = ready.Dequeue()!;
            Assert.Equal(Convert.ToHexString(frame), Convert.ToHexString(Cutter.Bytes(packet)));
        }
    }

    [Fact]
    public void A_super_frame_of_an_untrusted_source_is_looked_at_and_counted_and_goes_whole()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        OffloadState state = Tcp4 with { GsoType = GsoType.TcpV4 | GsoType.Dodgy, GsoSize = 500 };
        Assert.Equal(DropReason.None, TransmitPath.Validate(pool.Rent(Partial, state), Card, ready));
        using Packet packet = ready.Dequeue()!;
        Assert.Null(ready.First);
        Assert.Equal(state with { GsoSegments = 3 }, packet.Offload);
        Assert.Equal(Partial, Cutter.Bytes(packet));
    }

    [Fact]
    public void A_super_frame_of_an_untrusted_source_that_could_not_be_cut_is_dropped_before_a_device_can_choke_on_it()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1200)));
        OffloadState state = Tcp4 with { GsoType = GsoType.TcpV4 | GsoType.Dodgy, GsoSize = 500 };
        Assert.Equal(DropReason.GsoTypeMismatch, Cutter.TryCut(frame, state, Card, out List<byte[]> frames));
        Assert.Empty(frames);
    }

    [Theory]
    [InlineData(GsoType.TcpV4)]
    [InlineData(GsoType.TcpV4 | GsoType.Dodgy)]
    public void A_super_frame_of_TCP_that_owes_no_checksum_is_made_to_owe_it_where_the_device_cuts(GsoType type)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        byte[] sent = Frame(FieldChecksum.Bad);
        Packet original = pool.Rent(sent, new OffloadState { GsoType = type, GsoSize = 500 });
        using Packet clone = original.Clone();
        TransmitPath.Validate(original, Card, ready);
        using Packet packet = ready.Dequeue()!;
        Assert.Null(ready.First);
        Assert.Equal(Tcp4 with { GsoType = type, GsoSize = 500, GsoSegments = 3 }, packet.Offload);
        Assert.Equal(Partial, Cutter.Bytes(packet));
        Assert.Equal(sent, Cutter.Bytes(clone));
    }

    [Fact]
    public void A_device_that_hands_everything_on_keeps_its_features_below_two_tags()
    {
        byte[] tagged = Frames.Ethernet(Partial.AsSpan(14), (0x88A8, 5), (0x8100, 6));
        OffloadState state = Tcp4 with { ChecksumStart = 42, GsoType = GsoType.TcpV4, GsoSize = 500 };
        Cutter.TryCut(tagged, state, VirtualPairModel.Create(), out List<byte[]> whole);
        Assert.Equal(tagged, Assert.Single(whole));
        Cutter.TryCut(tagged, state, new NetDevice("card", Card.Features, 1500) { VlanFeatures = Card.Features }, out List<byte[]> cut);
        Assert.Equal(3, cut.Count);
    }

    [Fact]
    public void A_super_frame_beyond_the_device_s_limits_is_cut()
    {
        OffloadState state = Tcp4 with { GsoType = GsoType.TcpV4, GsoSize = 500, GsoSegments = 3 };
        foreach ((int size, int segments, int expected) in ((int, int, int)[])[(Partial.Length, 9, 3), (Partial.Length + 1, 2, 3), (65536, 3, 1)])
        {
            var device = new NetDevice("card", Card.Features, 1500) { GsoMaxSize = size, GsoMaxSegments = segments };
            Cutter.TryCut(Partial, state, device, out List<byte[]> frames);
            Assert.Equal(expected, frames.Count);
        }
    }

    [Fact]
    public void A_tag_or_a_tunnel_leaves_a_device_the_features_that_it_has_for_those()
    {
        byte[] tagged = Frames.Ethernet(Partial.AsSpan(14), (0x8100, 5));
        OffloadState state = Tcp4 with { ChecksumStart = 38, GsoType = GsoType.TcpV4, GsoSize = 500 };
        Cutter.TryCut(tagged, state, Card, out List<byte[]> cut);
        Assert.Equal(3, cut.Count);
        var vlan = new NetDevice("vlan", Card.Features, 1500) { VlanFeatures = Card.Features };
        Cutter.TryCut(tagged, state, vlan, out List<byte[]> whole);
        Assert.Equal(tagged, Assert.Single(whole));

        byte[] vxlan = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Partial));
        DeviceFeatures features = Card.Features | DeviceFeatures.UdpTunnelSegmentation;
        OffloadState inner = Tcp4 with { ChecksumStart = 84, GsoType = GsoType.TcpV4 | GsoType.UdpTunnel, GsoSize = 500 };
        Cutter.TryCut(vxlan, inner, new NetDevice("plain", features, 1500), out cut);
        Assert.Equal(3, cut.Count);
        Cutter.TryCut(vxlan, inner, new NetDevice("tunnel", features, 1500) { EncapsulationFeatures = features }, out whole);
        Assert.Equal(vxlan, Assert.Single(whole));
    }

    [Theory]
    [InlineData(DeviceFeatures.None)]
    [InlineData(DeviceFeatures.ChecksumGeneric | DeviceFeatures.TcpSegmentation)]
    public void A_device_without_scatter_gather_gets_packets_in_one_piece(DeviceFeatures features)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var device = new NetDevice("plain", features, 1500);
        ready.Enqueue(pool.Rent([1], default));
        TransmitPath.Validate(pool.Rent(Partial, Tcp4 with { GsoType = GsoType.TcpV4, GsoSize = 500 }), device, ready);
        Packet parts = pool.Rent(Partial.AsSpan(0, 60), Tcp4);
        parts.AddFragment(new Page(Partial), 60, Partial.Length - 60);
        TransmitPath.Validate(parts, device, ready);
        Assert.Equal(1 + 3 + 1, ready.Count);
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            Assert.True(packet.IsLinear);
    }

    [Fact]
    public void A_device_that_cuts_datagrams_and_takes_no_parts_gets_the_super_datagram_in_one_piece()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1200)));
        Packet packet = pool.Rent(frame.AsSpan(0, 60), Cutter.State(GsoType.UdpL4, 500, 34));
        packet.AddFragment(new Page(frame), 60, frame.Length - 60);
        TransmitPath.Validate(packet, new NetDevice("uso", DeviceFeatures.ChecksumGeneric | DeviceFeatures.UdpSegmentation, 1500), ready);
        using Packet whole = ready.Dequeue()!;
        Assert.Null(ready.First);
        Assert.True(whole.IsLinear);
        Assert.True(whole.Offload.IsGso);
        Assert.Equal(frame, Cutter.Bytes(whole));
    }

    [Fact]
    public void A_fragment_list_is_for_devices_that_take_one()
    {
        foreach (bool takes in (bool[])[false, true])
        {
            using var pool = new PacketPool();
            using var ready = new PacketQueue();
            Packet packet = pool.Rent([1, 2], default);
            packet.AddToFragmentList(pool.Rent([3], default));
            DeviceFeatures features = DeviceFeatures.ScatterGather | (takes ? DeviceFeatures.FragmentList : DeviceFeatures.None);
            TransmitPath.Validate(packet, new NetDevice("card", features, 1500), ready);
            Assert.Equal(!takes, packet.IsLinear);
            Assert.Equal([1, 2, 3], Cutter.Bytes(packet));
        }
    }

    [Fact]
    public void Packets_keep_their_order()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        for (int i = 0; i < 10; i++)
        {
            OffloadState state = i % 2 == 0 ? Tcp4 with { GsoType = GsoType.TcpV4, GsoSize = 500 } : Tcp4;
            byte[] frame = Frames.Ethernet(Frames.Tcp(
                new IPv4Fields { HopLimit = (byte)i }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1200)));
            TransmitPath.Validate(pool.Rent(frame, state), NetDevice.Wire(), ready);
        }
        List<byte> order = [];
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            order.Add(packet.Linear[22]);
        Assert.Equal([0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7, 8, 8, 8, 9], order);
    }

    [Fact]
    public void Raw_IP_is_cut_as_well()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(Partial.AsSpan(14), Tcp4 with { ChecksumStart = 20, GsoType = GsoType.TcpV4, GsoSize = 500 });
        packet.LinkType = LinkType.Raw;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        List<byte[]> expected = Cutter.Cut(Partial, Tcp4 with { GsoType = GsoType.TcpV4, GsoSize = 500 });
        Assert.Equal(expected.Count, ready.Count);
        foreach (byte[] frame in expected)
        {
            using Packet segment = ready.Dequeue()!;
            Assert.Equal(LinkType.Raw, segment.LinkType);
            Assert.Equal(frame[14..], Cutter.Bytes(segment));
        }
    }

    private static byte[] Frame(FieldChecksum checksum) =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = checksum }, Frames.Payload(1200)));
}
