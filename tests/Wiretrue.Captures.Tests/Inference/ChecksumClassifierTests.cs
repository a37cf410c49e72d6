using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class ChecksumClassifierTests
{
    public static TheoryData<bool, FieldChecksum, CapturedChecksum> Conventions
    {
        get
        {
            var data = new TheoryData<bool, FieldChecksum, CapturedChecksum>();
            foreach (bool v6 in new[] { false, true })
            {
                data.Add(v6, FieldChecksum.Good, CapturedChecksum.Good);
                data.Add(v6, FieldChecksum.Partial, CapturedChecksum.Partial);
                data.Add(v6, FieldChecksum.PartialNoLength, CapturedChecksum.PartialNoLength);
                data.Add(v6, FieldChecksum.Zero, CapturedChecksum.Zero);
                data.Add(v6, FieldChecksum.Bad, CapturedChecksum.Bad);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Each_convention_is_told_from_the_others_in_tcp(bool v6, FieldChecksum field, CapturedChecksum expected)
    {
        foreach (int length in new[] { 0, 1, 2, 99, 1448 })
        {
            byte[] frame = Frames.Ethernet(Frames.Tcp(Ip(v6), new TcpFields { Checksum = field }, Frames.Payload(length)));
            Assert.Equal(expected, Classify(frame, exact: true).Single());
            Assert.Equal(expected, Classify(frame, exact: false).Single());
        }
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Each_convention_is_told_from_the_others_in_udp(bool v6, FieldChecksum field, CapturedChecksum expected)
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(Ip(v6), new UdpFields { Checksum = field }, Frames.Payload(301)));
        // Over IPv4 a zero says that there is none.
        Assert.Equal(field == FieldChecksum.Zero && !v6 ? CapturedChecksum.Absent : expected, Classify(frame).Single());
    }

    [Fact]
    public void A_sum_that_is_good_and_looks_partial_too_is_good_when_sums_are_taken_exactly()
    {
        // Good and partial coincide when what the checksum covers sums up to zero without its field's own part; two payload bytes can be
        // chosen so.
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, [0, 0]));
        ushort sum = PlainSum.Sum(frame.AsSpan(34), new IPv4Fields().PseudoSum(6, 22));
        int tail = (ushort)~sum;
        frame[^2] = (byte)(tail >> 8);
        frame[^1] = (byte)tail;
        Assert.Equal(CapturedChecksum.Good, Classify(frame, exact: true).Single());
        // Completing it stores what is there already, so nobody needs to know when repairing.
        Assert.Equal(CapturedChecksum.Partial, Classify(frame, exact: false).Single());
    }

    [Theory]
    [InlineData(FieldChecksum.Partial, CapturedChecksum.Partial)]
    [InlineData(FieldChecksum.PartialNoLength, CapturedChecksum.PartialNoLength)]
    [InlineData(FieldChecksum.Good, CapturedChecksum.Unverifiable)]
    [InlineData(FieldChecksum.Bad, CapturedChecksum.Unverifiable)]
    public void Of_a_snapped_packet_only_the_pseudo_header_sum_can_be_seen(FieldChecksum field, CapturedChecksum expected)
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = field }, Frames.Payload(500)));
        Assert.Equal(expected, Classify(frame, captured: 120).Single());
        Assert.Equal(CapturedChecksum.Unverifiable, Classify(frame, captured: 34 + 17).SingleOrDefault(CapturedChecksum.Unverifiable));
    }

    [Fact]
    public void Bytes_behind_the_ip_packet_are_not_covered()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(3));
        Assert.Equal(CapturedChecksum.Good, Classify([.. Frames.Ethernet(packet), 0xDE, 0xAD, 0xBE, 0xEF, 0x01]).Single());
    }

    [Fact]
    public void A_datagram_says_its_own_length_whatever_the_ip_length_says()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields { LengthField = 9000 }, new UdpFields(), Frames.Payload(40)));
        Assert.Equal(CapturedChecksum.Good, Classify(frame).Single());
        byte[] segment = Frames.Ethernet(Frames.Tcp(new IPv4Fields { LengthField = 9000 }, new TcpFields(), Frames.Payload(40)));
        Assert.Equal(CapturedChecksum.Unverifiable, Classify(segment).Single());
    }

    [Theory]
    [InlineData(FieldChecksum.Good, FieldChecksum.Good, CapturedChecksum.Good, CapturedChecksum.Good)]
    [InlineData(FieldChecksum.Partial, FieldChecksum.Good, CapturedChecksum.Partial, CapturedChecksum.Good)]
    [InlineData(FieldChecksum.Partial, FieldChecksum.Partial, CapturedChecksum.Partial, CapturedChecksum.Partial)]
    [InlineData(FieldChecksum.Good, FieldChecksum.Partial, CapturedChecksum.Good, CapturedChecksum.Partial)]
    [InlineData(FieldChecksum.Zero, FieldChecksum.Partial, CapturedChecksum.Absent, CapturedChecksum.Partial)]
    [InlineData(FieldChecksum.Bad, FieldChecksum.Good, CapturedChecksum.Bad, CapturedChecksum.Good)]
    [InlineData(FieldChecksum.Good, FieldChecksum.Bad, CapturedChecksum.Good, CapturedChecksum.Bad)]
    public void Outer_and_inner_checksums_are_told_apart(
        FieldChecksum outer, FieldChecksum inner, CapturedChecksum expectedOuter, CapturedChecksum expectedInner)
    {
        foreach (int length in new[] { 0, 7, 1300 })
        {
            byte[] innerFrame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(length)));
            byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), outer, innerFrame));
            Assert.Equal([expectedOuter, expectedInner], Classify(frame, exact: true));
            Assert.Equal([expectedOuter, expectedInner], Classify(frame, exact: false));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_outer_checksum_that_fits_the_inner_one_once_complete_is_good(bool v6)
    {
        foreach (int padding in new[] { 0, 1, 6 })
        {
            byte[] good = InVxlan(v6, FieldChecksum.Good, padding), partial = InVxlan(v6, FieldChecksum.Partial, padding);
            // Local checksum offload: the outer one of the finished packet, around an inner one that is not.
            int outer = v6 ? 54 + 6 : 34 + 6;
            good.AsSpan(outer, 2).CopyTo(partial.AsSpan(outer));
            Assert.Equal([CapturedChecksum.Good, CapturedChecksum.Partial], Classify(partial, exact: true));
            Assert.Equal([CapturedChecksum.Good, CapturedChecksum.Partial], Classify(partial, exact: false));
        }
    }

    [Fact]
    public void Three_transports_in_each_other_are_summed_rightly_whatever_their_distances()
    {
        var random = new Random(31);
        for (int i = 0; i < 300; i++)
        {
            var kinds = new FieldChecksum[3];
            for (int k = 0; k < 3; k++)
                kinds[k] = random.Next(2) == 0 ? FieldChecksum.Good : FieldChecksum.Bad;
            var udp = new UdpFields { Checksum = kinds[2] };
            byte[] innermost = Frames.Ethernet(Frames.Udp(Ip(random.Next(2) == 0), udp, Frames.Payload(random.Next(90))));
            byte[] middle = Frames.Ethernet(Frames.Geneve(Ip(random.Next(2) == 0), kinds[1], innermost));
            byte[] frame = Frames.Ethernet(Frames.Vxlan(Ip(random.Next(2) == 0), kinds[0], [.. middle, .. new byte[random.Next(3)]]));
            Assert.Equal(kinds.Select(k => k == FieldChecksum.Good ? CapturedChecksum.Good : CapturedChecksum.Bad), Classify(frame));
        }
    }

    [Fact]
    public void An_owed_checksum_two_tunnels_deep_is_followed_by_both_around_it()
    {
        byte[] Build(FieldChecksum inner) => Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good,
            Frames.Ethernet(Frames.Geneve(new IPv6Fields(), FieldChecksum.Good,
                Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(77)))))));
        byte[] asCaptured = Build(FieldChecksum.Partial);
        Assert.Equal([CapturedChecksum.Good, CapturedChecksum.Good, CapturedChecksum.Partial], Classify(asCaptured));
        // The bytes of the finished packet, but for the innermost field.
        byte[] asLinuxSends = Build(FieldChecksum.Good);
        int field = asLinuxSends.Length - 77 - 4;
        asCaptured.AsSpan(field, 2).CopyTo(asLinuxSends.AsSpan(field));
        Assert.Equal([CapturedChecksum.Good, CapturedChecksum.Good, CapturedChecksum.Partial], Classify(asLinuxSends));
    }

    [Theory]
    [InlineData(FieldChecksum.Good, CapturedChecksum.Good)]
    [InlineData(FieldChecksum.Zero, CapturedChecksum.Zero)]
    [InlineData(FieldChecksum.Bad, CapturedChecksum.Bad)]
    public void Sctp_is_verified_by_its_crc(FieldChecksum field, CapturedChecksum expected)
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), field, Frames.Payload(44)));
        Assert.Equal(expected, Classify(frame).Single());
        Assert.Equal(CapturedChecksum.Unverifiable, Classify(frame, captured: frame.Length - 1).Single());
    }

    [Fact]
    public void Sctp_of_old_carries_adler_32()
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(20)));
        uint a = 1, b = 0;
        foreach (byte value in frame.AsSpan(34))
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(42), b << 16 | a);
        Assert.Equal(CapturedChecksum.Adler32, Classify(frame).Single());
    }

    [Fact]
    public void Icmp_has_no_pseudo_header_and_icmpv6_has()
    {
        byte[] echo = [8, 0, 0, 0, 0, 1, 0, 2, 3];
        ushort checksum = PlainSum.Checksum(echo);
        (echo[2], echo[3]) = ((byte)(checksum >> 8), (byte)checksum);
        Assert.Equal(CapturedChecksum.Good, Classify(Frames.Ethernet(new IPv4Fields().Wrap(1, echo))).Single());

        byte[] echo6 = [128, 0, 0, 0, 0, 1, 0, 2, 3];
        checksum = PlainSum.Checksum(echo6, new IPv6Fields().PseudoSum(58, echo6.Length));
        (echo6[2], echo6[3]) = ((byte)(checksum >> 8), (byte)checksum);
        Assert.Equal(CapturedChecksum.Good, Classify(Frames.Ethernet(new IPv6Fields().Wrap(58, echo6))).Single());
        echo6[4] ^= 1;
        Assert.Equal(CapturedChecksum.Bad, Classify(Frames.Ethernet(new IPv6Fields().Wrap(58, echo6))).Single());
    }

    private static byte[] InVxlan(bool v6, FieldChecksum inner, int padding)
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(5));
        byte[] padded = [.. Frames.Ethernet(packet), .. Enumerable.Repeat((byte)0xA5, padding)];
        return Frames.Ethernet(Frames.Vxlan(Ip(v6), FieldChecksum.Good, padded));
    }

    private static IPFields Ip(bool v6) => v6 ? new IPv6Fields() : new IPv4Fields();

    private static List<CapturedChecksum> Classify(byte[] frame, bool exact = true, int captured = int.MaxValue)
    {
        ReadOnlySpan<byte> packet = frame.AsSpan(0, Math.Min(captured, frame.Length));
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, frame.Length, LinkType.Ethernet, ref layout);
        var classifier = new ChecksumClassifier(packet, in layout, exact);
        var found = new List<CapturedChecksum>();
        for (int i = layout.Count - 1; i >= 0; i--)
        {
            if (layout[i].IsTransport)
                found.Insert(0, classifier.Classify(i));
        }
        return found;
    }
}
