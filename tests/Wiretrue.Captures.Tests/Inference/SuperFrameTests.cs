using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

/// <summary>Which packets are super-frames, and where they are to be cut.</summary>
public sealed class SuperFrameTests
{
    private static readonly IPv4Fields There = new();
    private static readonly IPv4Fields Back = new() { Source = There.Destination, Destination = There.Source };

    [Theory]
    [InlineData(1460, 1460, 0, 1460)]
    [InlineData(1460, 1460, 12, 1448)]
    [InlineData(1460, 1400, 12, 1388)]
    [InlineData(536, 1460, 0, 536)]
    [InlineData(8960, 8960, 12, 8948)]
    [InlineData(1, 1460, 0, 48)]
    [InlineData(1460, 1, 12, 36)]
    public void The_smaller_mss_of_both_syns_less_the_options_is_the_size(int own, int peer, int options, int expected)
    {
        byte[] data = Data(20_000, options: options == 0 ? [] : TcpFields.Timestamps);
        (PacketVerdict _, PacketDecision decision) = Windows.Of(Syn(own), SynAck(peer), data).Infer();
        Assert.True(decision.SuperFrame);
        Assert.Equal(expected, decision.Owed.GsoSize);
        Assert.Equal((20_000 + expected - 1) / expected, decision.Owed.GsoSegments);
        Assert.Equal(GsoType.TcpV4, decision.Owed.GsoType);
        Assert.Equal((ChecksumState.Partial, 34, 16), (decision.Owed.Checksum, decision.Owed.ChecksumStart, decision.Owed.ChecksumOffset));
    }

    [Fact]
    public void One_syn_is_enough()
    {
        Assert.Equal(1380, Windows.Of(Syn(1380), Data(3000)).Infer().Decision.Owed.GsoSize);
        Assert.Equal(1380, Windows.Of(SynAck(1380), Data(3000)).Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void The_sizes_of_each_segments_own_options_are_taken_off()
    {
        byte[] sack = [.. TcpFields.Timestamps, 1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        Assert.Equal(1460 - 24, Windows.Of(Syn(1460), SynAck(1460), Data(3000, options: sack)).Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void A_segment_of_exactly_the_agreed_size_is_none()
    {
        Assert.False(Windows.Of(Syn(536), SynAck(536), Data(536)).Infer().Decision.SuperFrame);
        Assert.True(Windows.Of(Syn(536), SynAck(536), Data(537)).Infer().Decision.SuperFrame);
    }

    [Fact]
    public void A_new_connection_on_the_same_ports_agrees_anew()
    {
        CaptureWindow window = Windows.Of(Syn(8960), SynAck(8960), Data(8960), Syn(1460), SynAck(1460), Data(2920));
        Assert.Equal(1460, window.Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void A_jumbo_frame_that_both_ends_agreed_on_is_none() =>
        Assert.False(Windows.Of(Syn(8960), SynAck(8960), Data(8960, FieldChecksum.Good)).Infer().Decision.SuperFrame);

    [Theory]
    [InlineData(FieldChecksum.Good)]
    [InlineData(FieldChecksum.Partial)]
    [InlineData(FieldChecksum.PartialNoLength)]
    [InlineData(FieldChecksum.Zero)]
    public void Each_proven_checksum_state_is_cut(FieldChecksum checksum)
    {
        PacketDecision decision = Windows.Of(Syn(1460), SynAck(1460), Data(4000, checksum)).Infer().Decision;
        Assert.True(decision.Changes);
        Assert.Equal(LeftReason.None, decision.Left);
    }

    [Fact]
    public void A_super_frame_that_is_corrupt_is_left()
    {
        PacketDecision decision = Windows.Of(Syn(1460), SynAck(1460), Data(4000, FieldChecksum.Bad)).Infer().Decision;
        Assert.Equal(new PacketDecision(false, true, 14 + 40 + 4000, default, LeftReason.Bad), decision);
        PacketDecision all = Windows.Of(Syn(1460), SynAck(1460), Data(4000, FieldChecksum.Bad))
            .Infer(new InferenceOptions { Policy = RepairPolicy.All }).Decision;
        Assert.Equal(1460, all.Owed.GsoSize);
    }

    [Fact]
    public void Without_a_syn_the_link_tells()
    {
        Assert.False(Windows.Of(Data(1460)).Infer().Decision.SuperFrame);
        Assert.Equal(1460, Windows.Of(Data(1461, flags: TcpFields.Ack | TcpFields.Psh)).Infer().Decision.Owed.GsoSize);
        var pushed = new TcpFields { Checksum = FieldChecksum.Partial, Flags = TcpFields.Ack | TcpFields.Psh };
        byte[] v6 = Frames.Ethernet(Frames.Tcp(new IPv6Fields(), pushed, Frames.Payload(3001)));
        Assert.Equal(1440, Windows.Of(v6).Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void Without_a_syn_the_largest_ordinary_segment_is_the_size_even_when_it_comes_later() =>
        Assert.Equal(1288, Decide(Windows.Of(Data(2576), Data(1288, sequence: 3576), Data(600, sequence: 4864)), 0).Owed.GsoSize);

    [Fact]
    public void Without_a_syn_the_identification_tells_how_many()
    {
        CaptureWindow window = Windows.Of(
            Data(3 * 1410, id: 10), Data(200, sequence: 1000 + (3 * 1410), id: 13, flags: TcpFields.Ack | TcpFields.Psh));
        Assert.Equal(1410, Decide(window, 0).Owed.GsoSize);
    }

    [Fact]
    public void An_identification_that_stays_does_so_over_the_segments()
    {
        CaptureWindow window = Windows.Of(Syn(1460), Data(2920, id: 0), Data(200, sequence: 1000 + 2920, id: 0));
        Assert.Equal(GsoType.TcpV4 | GsoType.TcpFixedId, Decide(window, 1).Owed.GsoType);
    }

    [Fact]
    public void Large_good_frames_that_the_identification_counts_as_one_are_the_wires_own()
    {
        CaptureWindow window = Windows.Of(Enumerable.Range(0, 5)
            .Select(i => Data(8948, FieldChecksum.Good, sequence: (uint)(1000 + (i * 8948)), id: (ushort)(i + 1))).ToArray());
        for (int i = 0; i < 5; i++)
            Assert.False(Decide(window, i).SuperFrame);
    }

    [Fact]
    public void On_a_loopback_large_frames_are_none()
    {
        byte[] frame = Data(16_000);
        frame.AsSpan(0, 12).Clear();
        Assert.False(Windows.Of(frame).Infer().Decision.SuperFrame);
        Assert.False(Windows.Of(LinkType.Null, [[2, 0, 0, 0, .. Data(16_000).AsSpan(14)]]).Infer().Decision.SuperFrame);
    }

    [Fact]
    public void On_a_loopback_a_syn_counts_all_the_same()
    {
        byte[] frame = Data(3000);
        frame.AsSpan(0, 12).Clear();
        Assert.Equal(1460, Windows.Of(Syn(1460), SynAck(1460), frame).Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void A_given_mtu_is_obeyed()
    {
        var options = new InferenceOptions { Mtu = 1400 };
        Assert.Equal(1360, Windows.Of(Syn(1460), SynAck(1460), Data(4000)).Infer(options).Decision.Owed.GsoSize);
        Assert.Equal(1360, Windows.Of(Data(1361, FieldChecksum.Good)).Infer(options).Decision.Owed.GsoSize);
        Assert.False(Windows.Of(Data(1360, FieldChecksum.Good)).Infer(options).Decision.SuperFrame);
        Assert.False(Windows.Of(Data(4000)).Infer(new InferenceOptions { Mtu = 9000 }).Decision.SuperFrame);
    }

    [Fact]
    public void The_captures_own_word_is_believed()
    {
        byte[] frame = Data(3000);
        frame.AsSpan(0, 12).Clear();
        CaptureWindow window = Windows.Of(Data(1400), frame).FlagLast(PacketFlags.TcpSegmentationOffload);
        PacketDecision decision = window.Infer().Decision;
        Assert.True(decision.SuperFrame);
        Assert.Equal(1400, decision.Owed.GsoSize);
    }

    [Fact]
    public void A_udp_super_datagram_is_cut_where_the_flow_shows()
    {
        byte[] ordinary = Datagram(1232), super = Datagram(4357);
        PacketDecision decision = Windows.Of(ordinary, super).Infer().Decision;
        Assert.Equal((GsoType.UdpL4, 1232), (decision.Owed.GsoType, decision.Owed.GsoSize));
        Assert.Equal(1472, Windows.Of(super).Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void A_datagram_with_its_checksum_is_never_cut()
    {
        byte[] datagram = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Good }, Frames.Payload(4357)));
        (PacketVerdict verdict, PacketDecision decision) = Windows.Of(datagram).Infer();
        Assert.True(verdict.IsTrue);
        Assert.False(decision.SuperFrame);
    }

    [Fact]
    public void An_inner_super_frame_is_cut_for_its_tunnel()
    {
        byte[] In(byte[] inner) => Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, inner));
        PacketDecision decision = Windows.Of(In(Syn(1410)), In(Data(6000))).Infer().Decision;
        Assert.Equal((GsoType.TcpV4 | GsoType.UdpTunnelChecksum, 1410, 84),
            (decision.Owed.GsoType, decision.Owed.GsoSize, decision.Owed.ChecksumStart));
        // Without a SYN, what the tunnel adds has to fit as well.
        Assert.Equal(1410, Windows.Of(In(Data(6001))).Infer().Decision.Owed.GsoSize);
    }

    [Fact]
    public void What_a_tunnel_adds_does_not_make_a_super_frame()
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Data(1460, FieldChecksum.Good)));
        Assert.True(frame.Length > 1514);
        Assert.True(Windows.Of(frame).Infer().Verdict.IsTrue);
    }

    [Fact]
    public void A_gre_sequence_number_is_in_the_way()
    {
        byte[] packet = new IPv4Fields().Wrap(47, [0x10, 0x00, 0x08, 0x00, 0, 0, 0, 1, .. Data(6000).AsSpan(14)]);
        PacketDecision decision = Windows.Of(Frames.Ethernet(packet)).Infer().Decision;
        Assert.Equal((false, true, LeftReason.Uncuttable), (decision.Changes, decision.SuperFrame, decision.Left));
    }

    [Fact]
    public void A_snapped_super_frame_is_cut_and_counted()
    {
        PacketDecision decision = Windows.Of(Syn(1460), Data(6000)).SnapLast(128).Infer().Decision;
        Assert.Equal((true, 1460, LeftReason.Snapped), (decision.Changes, decision.Owed.GsoSize, decision.Left));
        PacketDecision unknown = Windows.Of(Syn(1460), Data(6000, FieldChecksum.Good)).SnapLast(128).Infer().Decision;
        Assert.Equal((true, LeftReason.Unverifiable), (unknown.Changes, unknown.Left));
    }

    [Fact]
    public void Big_tcp_is_cut()
    {
        byte[] v4 = Frames.Ethernet(Frames.Tcp(
            new IPv4Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(80_000)));
        (PacketVerdict verdict, PacketDecision decision) = Windows.Of(Syn(1460), v4).Infer();
        Assert.True((verdict.Flags & VerdictFlags.IPv4LengthZero) != 0);
        Assert.Equal((1460, 55), (decision.Owed.GsoSize, decision.Owed.GsoSegments));
        byte[] v6 = Frames.Ethernet(Frames.Tcp(
            new IPv6Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(80_000)));
        (verdict, decision) = Windows.Of(v6).Infer();
        Assert.True((verdict.Flags & VerdictFlags.IPv6LengthZero) != 0);
        Assert.Equal(GsoType.TcpV6, decision.Owed.GsoType);
    }

    [Fact]
    public void Left_to_checksums_alone_a_super_frame_is_completed_whole()
    {
        PacketDecision decision = Windows.Of(Syn(1460), Data(6000)).Infer(new InferenceOptions { Segments = false }).Decision;
        Assert.Equal((true, true, 0), (decision.Changes, decision.SuperFrame, decision.Owed.GsoSize));
        Assert.Equal(ChecksumState.Partial, decision.Owed.Checksum);
    }

    private static byte[] Syn(int mss) =>
        Frames.Ethernet(Frames.Tcp(There, new TcpFields { Flags = TcpFields.Syn, Options = TcpFields.MaximumSegmentSize((ushort)mss) }, []));

    private static byte[] SynAck(int mss) => Frames.Ethernet(Frames.Tcp(Back, new TcpFields
    {
        SourcePort = 5001,
        DestinationPort = 40000,
        Flags = TcpFields.Syn | TcpFields.Ack,
        Options = TcpFields.MaximumSegmentSize((ushort)mss),
    }, []));

    private static byte[] Data(
        int length, FieldChecksum checksum = FieldChecksum.Partial, uint sequence = 1000, ushort id = 1, ushort flags = TcpFields.Ack,
        byte[]? options = null)
    {
        var tcp = new TcpFields { Checksum = checksum, Sequence = sequence, Flags = flags, Options = options ?? [] };
        return Frames.Ethernet(Frames.Tcp(There with { Id = id }, tcp, Frames.Payload(length)));
    }

    private static byte[] Datagram(int length) =>
        Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(length)));

    private static PacketDecision Decide(CaptureWindow window, int record)
    {
        var inference = new OffloadInference(new InferenceOptions());
        inference.Observe(window);
        var layout = default(PacketLayout);
        return inference.Decide(window, record, ref layout);
    }
}
