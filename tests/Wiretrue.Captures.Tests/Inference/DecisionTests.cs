using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

/// <summary>What is owed to packets that are not super-frames, and what is left and why.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void A_true_packet_needs_no_decision()
    {
        foreach (byte[] frame in new[]
        {
            Tcp(FieldChecksum.Good),
            Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Zero }, Frames.Payload(10))),
            Frames.Ethernet(Frames.Sctp(new IPv6Fields(), FieldChecksum.Good, Frames.Payload(10))),
            Frames.Ethernet(0x0806, Frames.Payload(28)),
        })
        {
            (PacketVerdict verdict, PacketDecision decision) = Windows.Of(frame).Infer();
            Assert.True(verdict.IsTrue);
            Assert.Equal((false, default, LeftReason.None), (decision.Changes, decision.Owed, decision.Left));
        }
    }

    [Theory]
    [InlineData(FieldChecksum.Partial)]
    [InlineData(FieldChecksum.PartialNoLength)]
    [InlineData(FieldChecksum.Zero)]
    public void A_proven_artefact_owes_its_checksum(FieldChecksum field)
    {
        (PacketVerdict verdict, PacketDecision decision) = Windows.Of(Tcp(field)).Infer();
        Assert.False(verdict.IsTrue);
        var owed = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };
        Assert.Equal(new PacketDecision(true, false, 14 + 40 + 100, owed, LeftReason.None), decision);
    }

    [Fact]
    public void Corruption_is_left_unless_all_is_asked_for()
    {
        Assert.Equal((false, LeftReason.Bad), Outcome(Windows.Of(Tcp(FieldChecksum.Bad)), RepairPolicy.ProvenOnly));
        Assert.Equal((false, LeftReason.Bad), Outcome(Windows.Of(Tcp(FieldChecksum.Bad)), RepairPolicy.Rewritten));
        Assert.Equal((true, LeftReason.None), Outcome(Windows.Of(Tcp(FieldChecksum.Bad)), RepairPolicy.All));
    }

    [Fact]
    public void Rewritten_addresses_are_left_unless_asked_for()
    {
        Assert.Equal((false, LeftReason.Rewritten), Outcome(Windows.Of(Rewritten(FieldChecksum.Good)), RepairPolicy.ProvenOnly));
        Assert.Equal((true, LeftReason.None), Outcome(Windows.Of(Rewritten(FieldChecksum.Good)), RepairPolicy.Rewritten));
        Assert.Equal((true, LeftReason.None), Outcome(Windows.Of(Rewritten(FieldChecksum.Partial)), RepairPolicy.All));
    }

    [Fact]
    public void The_first_rewritten_packet_is_known_by_the_second()
    {
        CaptureWindow window = Windows.Of(Rewritten(FieldChecksum.Partial));
        var inference = new OffloadInference(new InferenceOptions());
        inference.Observe(window);
        Assert.Equal(CapturedChecksum.Bad, inference.Verdicts[0].Checksum(0));
        var layout = default(Headers.PacketLayout);
        Assert.Equal(LeftReason.Rewritten, inference.Decide(window, 0, ref layout).Left);
        Assert.Equal(CapturedChecksum.RewrittenPartial, inference.Verdicts[0].Checksum(0));
    }

    [Fact]
    public void A_snapped_partial_checksum_is_left()
    {
        (PacketVerdict verdict, PacketDecision decision) = Windows.Of(Tcp(FieldChecksum.Partial)).SnapLast(100).Infer();
        Assert.Equal(CapturedChecksum.Partial, verdict.Checksum(0));
        Assert.Equal((false, LeftReason.Snapped), (decision.Changes, decision.Left));
        Assert.Equal((false, LeftReason.Unverifiable), Outcome(Windows.Of(Tcp(FieldChecksum.Good)).SnapLast(100), RepairPolicy.All));
    }

    [Fact]
    public void Snapped_in_its_trailer_a_packet_is_whole()
    {
        byte[] frame = [.. Tcp(FieldChecksum.Partial), 0, 0, 0, 0];
        Assert.Equal((true, LeftReason.None), Outcome(Windows.Of(frame).SnapLast(frame.Length - 2), RepairPolicy.ProvenOnly));
    }

    [Fact]
    public void Zero_over_ipv6_is_left_but_not_complained_about_in_a_tunnel()
    {
        byte[] datagram = Frames.Ethernet(Frames.Udp(new IPv6Fields(), new UdpFields { Checksum = FieldChecksum.Zero }, Frames.Payload(10)));
        Assert.Equal((false, LeftReason.Zero), Outcome(Windows.Of(datagram), RepairPolicy.ProvenOnly));
        Assert.Equal((true, LeftReason.None), Outcome(Windows.Of(datagram), RepairPolicy.All));
        byte[] tunnel = Frames.Ethernet(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Zero, Tcp(FieldChecksum.Good)));
        Assert.Equal((false, LeftReason.None), Outcome(Windows.Of(tunnel), RepairPolicy.ProvenOnly));
    }

    [Fact]
    public void Sctp_owes_a_crc()
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(40)));
        PacketDecision decision = Windows.Of(frame).Infer().Decision;
        Assert.Equal((ChecksumState.Partial, true, 34, 8),
            (decision.Owed.Checksum, decision.Owed.ChecksumIsCrc32C, decision.Owed.ChecksumStart, decision.Owed.ChecksumOffset));
    }

    [Fact]
    public void Of_two_owed_checksums_the_inner_one_is_named()
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Tcp(FieldChecksum.Partial)));
        OffloadState owed = Windows.Of(frame).Infer().Decision.Owed;
        Assert.Equal((84, true), (owed.ChecksumStart, owed.IsEncapsulated));
        byte[] outerOnly = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Tcp(FieldChecksum.Good)));
        owed = Windows.Of(outerOnly).Infer().Decision.Owed;
        Assert.Equal((34, false), (owed.ChecksumStart, owed.IsEncapsulated));
    }

    [Fact]
    public void A_tunnel_without_a_transport_of_its_own_is_one_as_well()
    {
        byte[] inner = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100));
        OffloadState owed = Windows.Of(Frames.Ethernet(new IPv4Fields().Wrap(4, inner))).Infer().Decision.Owed;
        Assert.Equal((54, true), (owed.ChecksumStart, owed.IsEncapsulated));
    }

    [Fact]
    public void A_corrupt_inner_checksum_does_not_keep_the_outer_one_from_being_made()
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Tcp(FieldChecksum.Bad)));
        PacketDecision decision = Windows.Of(frame).Infer().Decision;
        Assert.Equal((true, 34, LeftReason.Bad), (decision.Changes, decision.Owed.ChecksumStart, decision.Left));
    }

    [Fact]
    public void An_ipv4_header_checksum_of_zero_alone_is_a_change()
    {
        var ip = new IPv4Fields { HeaderChecksum = FieldChecksum.Zero };
        byte[] frame = Frames.Ethernet(Frames.Tcp(ip, new TcpFields(), Frames.Payload(10)));
        PacketDecision decision = Windows.Of(frame).Infer().Decision;
        Assert.Equal((true, default, LeftReason.None), (decision.Changes, decision.Owed, decision.Left));
        Assert.Equal((true, LeftReason.Unverifiable), Outcome(Windows.Of(frame).SnapLast(60), RepairPolicy.ProvenOnly));
    }

    [Fact]
    public void Fragments_are_as_the_wire_carried_them()
    {
        var ip = new IPv4Fields { DontFragment = false, MoreFragments = true };
        byte[] frame = Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1400)));
        (PacketVerdict verdict, PacketDecision decision) = Windows.Of(frame).Infer();
        Assert.True((verdict.Flags & VerdictFlags.Fragment) != 0);
        Assert.Equal((true, false, LeftReason.None), (verdict.IsTrue, decision.Changes, decision.Left));
    }

    [Fact]
    public void The_captures_word_that_a_checksum_is_valid_is_believed()
    {
        Assert.True(Windows.Of(Tcp(FieldChecksum.Partial)).FlagLast(PacketFlags.ChecksumValid).Infer().Verdict.IsTrue);
        Assert.True(Windows.Of(Tcp(FieldChecksum.Good)).SnapLast(100).FlagLast(PacketFlags.ChecksumValid).Infer().Verdict.IsTrue);
    }

    [Fact]
    public void With_checksums_left_out_nothing_but_cutting_is_owed()
    {
        var options = new InferenceOptions { Checksums = false };
        Assert.False(Windows.Of(Tcp(FieldChecksum.Partial)).Infer(options).Decision.Changes);
    }

    [Fact]
    public void What_lies_behind_the_ip_packet_is_not_the_packets()
    {
        byte[] frame = [.. Tcp(FieldChecksum.Partial), 1, 2, 3, 4];
        Assert.Equal(frame.Length - 4, Windows.Of(frame).Infer().Decision.Length);
    }

    private static byte[] Tcp(FieldChecksum checksum) =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = checksum }, Frames.Payload(100)));

    // Two packets whose source address was changed after their checksums were made.
    private static byte[][] Rewritten(FieldChecksum checksum)
    {
        byte[][] frames = new byte[2][];
        for (int i = 0; i < 2; i++)
        {
            var tcp = new TcpFields { Checksum = checksum };
            frames[i] = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), tcp, Frames.Payload(100 + i, seed: 3 + i)));
            frames[i][14 + 12] = 198;
            frames[i][24] = frames[i][25] = 0;
            ushort header = PlainSum.Checksum(frames[i].AsSpan(14, 20));
            (frames[i][24], frames[i][25]) = ((byte)(header >> 8), (byte)header);
        }
        return frames;
    }

    private static (bool Changes, LeftReason Left) Outcome(CaptureWindow window, RepairPolicy policy)
    {
        PacketDecision decision = window.Infer(new InferenceOptions { Policy = policy }).Decision;
        return (decision.Changes, decision.Left);
    }
}
