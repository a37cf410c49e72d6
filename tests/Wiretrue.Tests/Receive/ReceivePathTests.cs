using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive;

public sealed class ReceivePathTests
{
    private static readonly IPv4Fields _ipv4 = new();
    private static readonly IPv6Fields _ipv6 = new();

    [Theory]
    [InlineData(false, FieldChecksum.Good, ReceiveDropReason.None)]
    [InlineData(false, FieldChecksum.Bad, ReceiveDropReason.TcpChecksum)]
    [InlineData(false, FieldChecksum.Partial, ReceiveDropReason.TcpChecksum)]
    [InlineData(true, FieldChecksum.Good, ReceiveDropReason.None)]
    [InlineData(true, FieldChecksum.Bad, ReceiveDropReason.TcpChecksum)]
    [InlineData(true, FieldChecksum.Zero, ReceiveDropReason.TcpChecksum)]
    public void TCP_is_summed(bool isIPv6, FieldChecksum field, ReceiveDropReason reason) =>
        AssertReason(reason, Tcp(IP(isIPv6), field));

    [Theory]
    [InlineData(false, FieldChecksum.Good, ReceiveDropReason.None)]
    [InlineData(false, FieldChecksum.Bad, ReceiveDropReason.UdpChecksum)]
    [InlineData(false, FieldChecksum.Zero, ReceiveDropReason.None)]
    [InlineData(true, FieldChecksum.Good, ReceiveDropReason.None)]
    [InlineData(true, FieldChecksum.Bad, ReceiveDropReason.UdpChecksum)]
    [InlineData(true, FieldChecksum.Zero, ReceiveDropReason.UdpChecksumMissing)]
    public void UDP_without_a_checksum_is_taken_over_IPv4_and_not_over_IPv6(bool isIPv6, FieldChecksum field, ReceiveDropReason reason) =>
        AssertReason(reason, Udp(IP(isIPv6), field));

    [Fact]
    public void A_port_may_take_UDP_over_IPv6_without_a_checksum_and_no_wrong_one_for_that()
    {
        var options = new ReceiveOptions { ZeroChecksum6Ports = new HashSet<ushort> { 5001 } };
        Assert.True(Received.Judge(Udp(_ipv6, FieldChecksum.Zero), options: options).IsAccepted);
        Assert.Equal(ReceiveDropReason.UdpChecksum, Received.Judge(Udp(_ipv6, FieldChecksum.Bad), options: options).Reason);
        var other = new ReceiveOptions { ZeroChecksum6Ports = new HashSet<ushort> { 5002 } };
        Assert.Equal(ReceiveDropReason.UdpChecksumMissing, Received.Judge(Udp(_ipv6, FieldChecksum.Zero), options: other).Reason);
    }

    [Theory]
    [InlineData(ChecksumState.Unnecessary)]
    [InlineData(ChecksumState.Partial)]
    public void A_checksum_that_must_be_there_and_is_not_is_missed_whatever_the_device_says(ChecksumState state) =>
        Assert.Equal(
            ReceiveDropReason.UdpChecksumMissing,
            Received.Judge(Udp(_ipv6, FieldChecksum.Zero), new OffloadState { Checksum = state, ChecksumStart = 54, ChecksumOffset = 6 }).Reason);

    [Fact]
    public void The_IPv4_header_is_summed_whatever_the_device_says()
    {
        byte[] frame = Tcp(_ipv4 with { HeaderChecksum = FieldChecksum.Bad }, FieldChecksum.Good);
        foreach (OffloadState state in (OffloadState[])[
            default, new() { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 3 }, Received.Summed(frame),
            new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 }])
        {
            ReceiveVerdict verdict = Received.Judge(frame, state);
            Assert.Equal((ReceiveDropReason.IPHeaderChecksum, LayerKind.IPv4, 14), (verdict.Reason, verdict.Layer, verdict.Offset));
        }
    }

    [Theory]
    [InlineData(20, ReceiveDropReason.HeaderIncomplete)]
    [InlineData(19, ReceiveDropReason.IPHeaderInvalid)]
    [InlineData(0, ReceiveDropReason.IPHeaderInvalid)]
    [InlineData(1041, ReceiveDropReason.IPTruncated)]
    [InlineData(65535, ReceiveDropReason.IPTruncated)]
    public void An_IPv4_length_that_cannot_be_is_dropped(int length, ReceiveDropReason reason) =>
        AssertReason(reason, Tcp(_ipv4 with { LengthField = (ushort)length }, FieldChecksum.Good));

    [Fact]
    public void An_IP_length_of_0_is_right_in_a_TCP_super_frame_alone()
    {
        var state = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = 34,
            ChecksumOffset = 16,
            GsoType = GsoType.TcpV4,
            GsoSize = 500,
        };
        byte[] frame = Tcp(_ipv4 with { LengthField = 0 }, FieldChecksum.Partial);
        Assert.True(Received.Judge(frame, state).IsAccepted);
        Assert.Equal(ReceiveDropReason.IPHeaderInvalid, Received.Judge(frame, state with { GsoType = GsoType.None, GsoSize = 0 }).Reason);
        byte[] frame6 = Tcp(_ipv6 with { LengthField = 0 }, FieldChecksum.Partial);
        OffloadState state6 = state with { ChecksumStart = 54, GsoType = GsoType.TcpV6 };
        Assert.True(Received.Judge(frame6, state6).IsAccepted);
        Assert.False(Received.Judge(frame6, state6 with { GsoType = GsoType.None, GsoSize = 0 }).IsAccepted);
    }

    [Theory]
    [InlineData(1009, ReceiveDropReason.UdpLengthInvalid)]
    [InlineData(7, ReceiveDropReason.UdpLengthInvalid)]
    [InlineData(0, ReceiveDropReason.UdpLengthInvalid)]
    [InlineData(1007, ReceiveDropReason.None)]
    [InlineData(8, ReceiveDropReason.None)]
    public void A_UDP_length_may_be_less_than_the_IP_packet_and_no_more(int length, ReceiveDropReason reason) =>
        AssertReason(reason, Frames.Ethernet(Frames.Udp(
            _ipv4, new UdpFields { LengthField = (ushort)length, Checksum = FieldChecksum.Zero }, Frames.Payload(1000))));

    [Fact]
    public void A_UDP_length_of_0_over_IPv6_means_all_of_it()
    {
        byte[] frame = Udp(_ipv6, FieldChecksum.Good);
        // The checksum covers the length field, and the pseudo-header's length stays.
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(58));
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(60));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(58), 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(60), Wiretrue.Checksums.InternetChecksum.Update(checksum, length, 0));
        AssertReason(ReceiveDropReason.None, frame);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_short_frame_is_padded_to_60_bytes_with_anything_and_none_of_it_counts(bool isSummed)
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(_ipv4, new TcpFields(), [1]));
        byte[] padded = [.. frame, .. Frames.Payload(60 - frame.Length + 1, 191)[1..]];
        Assert.Equal(60, padded.Length);
        ReceiveVerdict verdict = Received.Judge(padded, isSummed ? Received.Summed(padded) : default);
        Assert.True(verdict is { IsAccepted: true, HasDeviceFault: false });
        // The driver that takes padding for nothing, and gives the sum without it.
        verdict = Received.Judge(padded, Received.Summed(padded) with { CompleteSum = PlainSum.Sum(frame.AsSpan(14)) });
        Assert.True(verdict is { IsAccepted: true, HasDeviceFault: true });
    }

    [Fact]
    public void A_TCP_checksum_of_0_and_a_UDP_checksum_of_FFFF_are_checksums_like_any_other()
    {
        byte[] frame = Tcp(_ipv4, FieldChecksum.Good);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(50));
        // What the checksum lacks to 0 goes into the urgent pointer, which is 0.
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(52), checksum);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(50), 0);
        AssertReason(ReceiveDropReason.None, frame);

        byte[] datagram = Frames.Ethernet(Frames.Udp(_ipv4, new UdpFields(), [0, 0, 1, 2]));
        checksum = BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(40));
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(42), checksum);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(40), 0xFFFF);
        AssertReason(ReceiveDropReason.None, datagram);
        datagram[44] ^= 1;
        AssertReason(ReceiveDropReason.UdpChecksum, datagram);
    }

    [Fact]
    public void A_field_that_is_owed_and_cut_off_is_a_debt_that_nobody_can_pay()
    {
        byte[] frame = [.. Udp(_ipv4, FieldChecksum.Good), .. new byte[30]];
        var owed = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 1020 };
        Assert.Equal(ReceiveDropReason.ChecksumBeyondPacket, Received.Judge(frame, owed).Reason);
        Assert.True(Received.Judge(frame, owed with { ChecksumOffset = 6 }).IsAccepted);
    }

    [Theory]
    [InlineData(5, ReceiveDropReason.VlanUnknown)]
    [InlineData(0x6007, ReceiveDropReason.None)]
    [InlineData(0xE000, ReceiveDropReason.None)]
    public void A_host_takes_frames_of_its_own_VLANs_and_of_none(ushort tci, ReceiveDropReason reason)
    {
        var options = new ReceiveOptions { VlanNumbers = new HashSet<ushort> { 7 } };
        byte[] packet = Frames.Tcp(_ipv4, new TcpFields(), [1, 2, 3]);
        Assert.Equal(reason, Received.Judge(Frames.Ethernet(packet, (0x8100, tci)), options: options).Reason);
        Assert.Equal(reason, Received.Judge(Frames.Ethernet(packet), new OffloadState { VlanProtocol = 0x8100, VlanTci = tci }, options).Reason);
        AssertReason(ReceiveDropReason.None, Frames.Ethernet(packet, (0x8100, tci)));
    }

    [Theory]
    [InlineData(4, ReceiveDropReason.TcpHeaderInvalid)]
    [InlineData(15, ReceiveDropReason.HeaderIncomplete)]
    public void A_TCP_header_length_is_looked_at_before_the_checksum(int words, ReceiveDropReason reason)
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(_ipv4, new TcpFields { Checksum = FieldChecksum.Bad }, [1, 2, 3]));
        frame[34 + 12] = (byte)(words << 4);
        AssertReason(reason, frame);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 8)]
    [InlineData(100, 100)]
    public void UDP_Lite_is_covered_as_far_as_it_says(int coverage, int covered)
    {
        byte[] frame = UdpLite(coverage);
        AssertReason(ReceiveDropReason.None, frame);
        covered = covered == 0 ? frame.Length - 34 : covered;
        byte[] outside = [.. frame];
        outside[^1] ^= 1;
        AssertReason(covered == frame.Length - 34 ? ReceiveDropReason.UdpLiteChecksum : ReceiveDropReason.None, outside);
        frame[34 + covered - 1] ^= 1;
        AssertReason(ReceiveDropReason.UdpLiteChecksum, frame);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60000)]
    public void A_UDP_Lite_coverage_of_less_than_its_header_or_of_more_than_there_is_is_illegal(ushort coverage)
    {
        byte[] frame = UdpLite(0);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34 + 4), coverage);
        AssertReason(ReceiveDropReason.UdpLiteInvalid, frame);
    }

    [Fact]
    public void UDP_Lite_without_a_checksum_is_illegal()
    {
        byte[] frame = UdpLite(0);
        frame[40] = frame[41] = 0;
        AssertReason(ReceiveDropReason.UdpLiteInvalid, frame);
    }

    [Fact]
    public void A_device_sum_serves_UDP_Lite_only_where_all_is_covered()
    {
        byte[] all = UdpLite(0);
        Assert.Contains(Received.Lines(all, Received.Summed(all)), line => line.EndsWith("fits the sum that is known", StringComparison.Ordinal));
        byte[] some = UdpLite(20);
        Assert.Contains(Received.Lines(some, Received.Summed(some)), line => line.EndsWith("which were summed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FieldChecksum.Good, ReceiveDropReason.None)]
    [InlineData(FieldChecksum.Bad, ReceiveDropReason.SctpChecksum)]
    [InlineData(FieldChecksum.Zero, ReceiveDropReason.SctpChecksum)]
    public void SCTP_has_a_CRC_which_no_sum_answers_for(FieldChecksum field, ReceiveDropReason reason)
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(_ipv4, field, Frames.Payload(400)));
        AssertReason(reason, frame);
        Assert.Equal(reason, Received.Judge(frame, Received.Summed(frame)).Reason);
        Assert.True(Received.Judge(frame, new OffloadState { Checksum = ChecksumState.Unnecessary }).IsAccepted);
    }

    [Theory]
    [InlineData(1, ReceiveDropReason.IcmpChecksum)]
    [InlineData(2, ReceiveDropReason.IgmpChecksum)]
    public void ICMP_and_IGMP_are_summed_without_a_pseudo_header(byte protocol, ReceiveDropReason reason)
    {
        byte[] message = [8, 0, 0, 0, 0, 1, 0, 1, .. Frames.Payload(56)];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), PlainSum.Checksum(message));
        byte[] frame = Frames.Ethernet(_ipv4.Wrap(protocol, message));
        AssertReason(ReceiveDropReason.None, frame);
        frame[^3] ^= 0x11;
        AssertReason(reason, frame);
    }

    [Fact]
    public void ICMPv6_is_summed_with_a_pseudo_header()
    {
        byte[] message = [128, 0, 0, 0, 0, 1, 0, 1, .. Frames.Payload(57)];
        byte[] bare = [.. message];
        BinaryPrimitives.WriteUInt16BigEndian(bare.AsSpan(2), PlainSum.Checksum(bare));
        AssertReason(ReceiveDropReason.IcmpV6Checksum, Frames.Ethernet(_ipv6.Wrap(58, bare)));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), PlainSum.Checksum(message, _ipv6.PseudoSum(58, message.Length)));
        AssertReason(ReceiveDropReason.None, Frames.Ethernet(_ipv6.Wrap(58, message)));
    }

    [Fact]
    public void Fragments_are_left_open_and_their_header_is_summed()
    {
        byte[] first = Frames.Ethernet(Frames.Udp(_ipv4 with { MoreFragments = true, DontFragment = false }, new UdpFields(), Frames.Payload(800)));
        ReceiveVerdict verdict = Received.Judge(first);
        Assert.Equal((ReceiveOutcome.Fragment, ReceiveDropReason.None), (verdict.Outcome, verdict.Reason));
        first[24] ^= 1;
        Assert.Equal(ReceiveDropReason.IPHeaderChecksum, Received.Judge(first).Reason);
    }

    [Fact]
    public void What_was_not_captured_leaves_the_verdict_open_unless_nobody_has_to_look()
    {
        byte[] frame = Tcp(_ipv4, FieldChecksum.Good);
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame.AsSpan(0, 100), default);
        packet.MissingTail = frame.Length - 100;
        Assert.Equal(ReceiveOutcome.Undecided, ReceivePath.Judge(packet).Outcome);
        packet.Offload = new OffloadState { Checksum = ChecksumState.Unnecessary };
        Assert.Equal(ReceiveOutcome.Accepted, ReceivePath.Judge(packet).Outcome);
        packet.MissingTail = 0;
        Assert.Equal(ReceiveDropReason.IPTruncated, ReceivePath.Judge(packet).Reason);
    }

    [Theory]
    [InlineData(FieldChecksum.Good, FieldChecksum.Good, ReceiveDropReason.None, 0)]
    [InlineData(FieldChecksum.Zero, FieldChecksum.Good, ReceiveDropReason.None, 0)]
    [InlineData(FieldChecksum.Bad, FieldChecksum.Good, ReceiveDropReason.UdpChecksum, 34)]
    [InlineData(FieldChecksum.Good, FieldChecksum.Bad, ReceiveDropReason.TcpChecksum, 84)]
    [InlineData(FieldChecksum.Zero, FieldChecksum.Bad, ReceiveDropReason.TcpChecksum, 84)]
    public void A_tunnel_is_judged_outside_and_inside(FieldChecksum outer, FieldChecksum inner, ReceiveDropReason reason, int offset)
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(_ipv4, outer, Tcp(_ipv4, inner)));
        ReceiveVerdict verdict = Received.Judge(frame);
        Assert.Equal((reason, offset), (verdict.Reason, verdict.Offset));
        // To a host without the tunnel its port is one like any other.
        bool isOuterGood = Received.Judge(frame, options: new ReceiveOptions { EntersTunnels = false }).IsAccepted;
        Assert.Equal(outer != FieldChecksum.Bad, isOuterGood);
    }

    [Fact]
    public void A_checksum_owed_at_the_outer_header_does_not_excuse_the_inner_one()
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(_ipv4, FieldChecksum.Partial, Tcp(_ipv4, FieldChecksum.Bad)));
        var outer = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 6 };
        Assert.Equal(ReceiveDropReason.TcpChecksum, Received.Judge(frame, outer).Reason);
        Assert.True(Received.Judge(frame, outer with { ChecksumStart = 84, ChecksumOffset = 16 }).IsAccepted);
    }

    [Theory]
    [InlineData(true, ReceiveDropReason.None)]
    [InlineData(false, ReceiveDropReason.TunnelHeaderInvalid)]
    public void VXLAN_may_leave_the_inner_checksum_to_a_receiver_that_agrees(bool agrees, ReceiveDropReason reason)
    {
        byte[] frame = RemoteVxlan(FieldChecksum.Partial);
        var options = new ReceiveOptions { VxlanRemoteChecksum = agrees };
        Assert.Equal(reason, Received.Judge(frame, options: options).Reason);
        // What is owed lies before the checksum that is wrong, so it does not excuse that.
        frame[49] -= 2;
        FixOuter(frame);
        Assert.False(Received.Judge(frame, options: options).IsAccepted);
    }

    [Fact]
    public void A_hardware_fault_is_counted_and_costs_no_packet()
    {
        byte[] frame = Tcp(_ipv4, FieldChecksum.Good);
        OffloadState wrong = Received.Summed(frame);
        wrong = wrong with { CompleteSum = (ushort)(wrong.CompleteSum ^ 0x0101) };
        NetDevice device = Wiretrue.Devices.Models.ReceiverModels.CreateSmart();
        using var pool = new PacketPool();
        using var accepted = new PacketQueue();
        ReceiveVerdict verdict = ReceivePath.Receive(pool.Rent(frame, wrong), device, accepted);
        Assert.True(verdict.IsAccepted && verdict.HasDeviceFault);
        frame[^1] ^= 1;
        Assert.False(ReceivePath.Receive(pool.Rent(frame, wrong), device, accepted).HasDeviceFault);
        Assert.Equal(1, accepted.Count);
        DeviceStatistics counted = device.Statistics;
        Assert.Equal((2, 2 * frame.Length), (counted.ReceivedPackets, counted.ReceivedBytes));
        Assert.Equal((1, 1, 1), (counted.ReceiveChecksumFaults, counted.ReceiveDropped, counted.Dropped(ReceiveDropReason.TcpChecksum)));
    }

    private static void AssertReason(ReceiveDropReason reason, byte[] frame)
    {
        ReceiveVerdict verdict = Received.Judge(frame);
        Assert.Equal(reason, verdict.Reason);
        Assert.Equal(reason == ReceiveDropReason.None ? ReceiveOutcome.Accepted : ReceiveOutcome.Dropped, verdict.Outcome);
    }

    private static IPFields IP(bool isIPv6) => isIPv6 ? _ipv6 : _ipv4;

    private static byte[] Tcp(IPFields ip, FieldChecksum field) =>
        Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = field }, Frames.Payload(1000)));

    private static byte[] Udp(IPFields ip, FieldChecksum field) =>
        Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = field }, Frames.Payload(1000)));

    private static byte[] UdpLite(int coverage)
    {
        byte[] datagram = [0x9C, 0x40, 0x13, 0x89, (byte)(coverage >> 8), (byte)coverage, 0, 0, .. Frames.Payload(300)];
        ushort sum = PlainSum.Checksum(datagram.AsSpan(0, coverage == 0 ? datagram.Length : coverage), _ipv4.PseudoSum(136, datagram.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), sum);
        return Frames.Ethernet(_ipv4.Wrap(136, datagram));
    }

    private static byte[] RemoteVxlan(FieldChecksum inner)
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(_ipv4, FieldChecksum.Good, Tcp(_ipv4, inner)));
        frame[43] |= 0x20;
        frame[49] = (14 + 20) / 2;
        FixOuter(frame);
        return frame;
    }

    private static void FixOuter(byte[] frame)
    {
        frame[40] = frame[41] = 0;
        ushort checksum = PlainSum.Checksum(frame.AsSpan(34), _ipv4.PseudoSum(17, frame.Length - 34));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(40), checksum);
    }
}
