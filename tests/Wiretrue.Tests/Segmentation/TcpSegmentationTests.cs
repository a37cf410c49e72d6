using System.Buffers.Binary;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

public sealed class TcpSegmentationTests
{
    private static readonly TcpFields Owed = new() { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps };

    public static TheoryData<int, int> PayloadsAndSizes => new()
    {
        { 1, 1 }, { 2, 1 }, { 100, 1 }, { 1448, 1448 }, { 1449, 1448 }, { 2896, 1448 }, { 4000, 1448 }, { 4000, 3999 }, { 65000, 536 },
        { 1448, 1449 }, { 10, 65535 }, { 63712, 1448 },
    };

    [Theory]
    [MemberData(nameof(PayloadsAndSizes))]
    public void A_super_frame_becomes_the_frames_that_it_stands_for(int payloadLength, int gsoSize)
    {
        byte[] payload = Frames.Payload(payloadLength);
        var ipv4 = new IPv4Fields();
        AssertSame(Cutter.PlainTcp(ipv4, Owed, payload, gsoSize), Cut(GsoType.TcpV4, ipv4, Owed, payload, gsoSize));
        var ipv6 = new IPv6Fields();
        AssertSame(Cutter.PlainTcp(ipv6, Owed, payload, gsoSize), Cut(GsoType.TcpV6, ipv6, Owed, payload, gsoSize));
    }

    [Fact]
    public void Every_flag_is_where_it_belongs()
    {
        byte[] payload = Frames.Payload(3000);
        for (int flags = 0; flags < 512; flags++)
        {
            TcpFields tcp = Owed with { Flags = (ushort)flags };
            AssertSame(Cutter.PlainTcp(new IPv4Fields(), tcp, payload, 1000), Cut(GsoType.TcpV4, new IPv4Fields(), tcp, payload, 1000));
        }
    }

    [Fact]
    public void FIN_and_PSH_are_on_the_last_segment_only_and_CWR_on_the_first_only()
    {
        TcpFields tcp = new() { Checksum = FieldChecksum.Partial, Flags = TcpFields.Ack | TcpFields.Fin | TcpFields.Psh | TcpFields.Cwr | TcpFields.Ece };
        List<byte[]> frames = Cut(GsoType.TcpV4 | GsoType.TcpEcn, new IPv4Fields(), tcp, Frames.Payload(300), 100);
        Assert.Equal([0xD0, 0x50, 0x59], frames.Select(frame => frame[34 + 13]));
    }

    [Fact]
    public void With_accurate_ECN_every_segment_keeps_CWR()
    {
        TcpFields tcp = new() { Checksum = FieldChecksum.Partial, Flags = TcpFields.Ack | TcpFields.Cwr };
        List<byte[]> frames = Cut(GsoType.TcpV4 | GsoType.TcpAccurateEcn, new IPv4Fields(), tcp, Frames.Payload(300), 100);
        Assert.Equal([0x90, 0x90, 0x90], frames.Select(frame => frame[34 + 13]));
        Assert.All(frames, AssertVerifies);
    }

    [Fact]
    public void The_sequence_number_advances_in_32_bits_and_wraps()
    {
        TcpFields tcp = Owed with { Sequence = 0xFFFF_FF00 };
        byte[] payload = Frames.Payload(65000);
        List<byte[]> frames = Cut(GsoType.TcpV6, new IPv6Fields(), tcp, payload, 1000);
        for (int i = 0; i < frames.Count; i++)
            Assert.Equal(unchecked(0xFFFF_FF00 + (uint)(i * 1000)), BinaryPrimitives.ReadUInt32BigEndian(frames[i].AsSpan(54 + 4)));
        AssertSame(Cutter.PlainTcp(new IPv6Fields(), tcp, payload, 1000), frames);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_IPv4_ID_counts_up_and_wraps_with_or_without_DF(bool dontFragment)
    {
        var ip = new IPv4Fields { Id = 0xFFFE, DontFragment = dontFragment };
        List<byte[]> frames = Cut(GsoType.TcpV4, ip, Owed, Frames.Payload(4000), 1000);
        Assert.Equal([0xFFFE, 0xFFFF, 0, 1], frames.Select(IdOf));
        AssertSame(Cutter.PlainTcp(ip, Owed, Frames.Payload(4000), 1000), frames);
    }

    [Fact]
    public void A_fixed_IPv4_ID_stays()
    {
        List<byte[]> frames = Cut(GsoType.TcpV4 | GsoType.TcpFixedId, new IPv4Fields { Id = 77 }, Owed, Frames.Payload(4000), 1000);
        Assert.Equal([77, 77, 77, 77], frames.Select(IdOf));
        Assert.All(frames, AssertVerifies);
    }

    [Fact]
    public void IPv4_options_are_in_every_segment()
    {
        // Record route with room for two addresses, then end of options.
        var ip = new IPv4Fields { Options = [7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0] };
        AssertSame(Cutter.PlainTcp(ip, Owed, Frames.Payload(4000), 1400), Cut(GsoType.TcpV4, ip, Owed, Frames.Payload(4000), 1400));
    }

    [Fact]
    public void IPv6_extension_headers_are_in_every_segment_and_the_final_destination_counts()
    {
        var final = System.Net.IPAddress.Parse("2001:db8::99");
        var ip = new IPv6Fields
        {
            Extensions =
            [
                (0, [0, 0, 5, 2, 0, 0, 1, 0]),
                (43, [0, 2, 0, 1, 0, 0, 0, 0, .. final.GetAddressBytes()]),
                (60, [0, 0, 1, 4, 0, 0, 0, 0]),
            ],
            PseudoDestination = final,
        };
        AssertSame(Cutter.PlainTcp(ip, Owed, Frames.Payload(4000), 1400), Cut(GsoType.TcpV6, ip, Owed, Frames.Payload(4000), 1400));

        // The same when the checksum was right already, so that the pseudo-header is taken from the headers.
        TcpFields good = Owed with { Checksum = FieldChecksum.Good };
        byte[] frame = Frames.Ethernet(Frames.Tcp(ip, good, Frames.Payload(4000)));
        AssertSame(
            Cutter.PlainTcp(ip, good, Frames.Payload(4000), 1400),
            Cutter.Cut(frame, new OffloadState { GsoType = GsoType.TcpV6, GsoSize = 1400 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void VLAN_tags_are_in_every_segment(int tags)
    {
        (ushort, ushort)[] stack = [((ushort)0x88A8, (ushort)0x2064), ((ushort)0x8100, (ushort)100), ((ushort)0x8100, (ushort)7)];
        stack = stack[..tags];
        byte[] payload = Frames.Payload(5000);
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), Owed, payload), stack);
        List<byte[]> frames = Cutter.Cut(frame, Cutter.State(GsoType.TcpV4, 1400, 34 + (4 * tags)));
        IEnumerable<byte[]> expected = Cutter.PlainTcp(new IPv4Fields(), Owed, payload, 1400).Select(packet => Frames.Ethernet(packet, stack));
        Assert.Equal(expected.Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
    }

    [Fact]
    public void A_super_frame_with_a_good_checksum_is_cut_as_well()
    {
        TcpFields good = Owed with { Checksum = FieldChecksum.Good };
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), good, Frames.Payload(5000)));
        AssertSame(
            Cutter.PlainTcp(new IPv4Fields(), good, Frames.Payload(5000), 1400),
            Cutter.Cut(frame, new OffloadState { GsoType = GsoType.TcpV4, GsoSize = 1400 }));
    }

    [Fact]
    public void A_checksum_of_zero_is_sent_as_it_is()
    {
        byte[] payload = Frames.Payload(3000);
        TcpFields tcp = new() { Checksum = FieldChecksum.Partial };
        // The last two bytes of the first segment's payload take up what is left to all ones.
        byte[] first = Cutter.PlainTcp(new IPv4Fields(), tcp, payload, 1000)[0];
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(20 + 16));
        ushort word = BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(998));
        int raised = word + checksum;
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(998), (ushort)(raised > 0xFFFF ? raised - 0xFFFF : raised));

        List<byte[]> frames = Cut(GsoType.TcpV4, new IPv4Fields(), tcp, payload, 1000);
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 16)));
        AssertSame(Cutter.PlainTcp(new IPv4Fields(), tcp, payload, 1000), frames);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Payloads_of_one_value_have_right_checksums(byte value)
    {
        byte[] payload = new byte[5001];
        payload.AsSpan().Fill(value);
        AssertSame(Cutter.PlainTcp(new IPv4Fields(), Owed, payload, 999), Cut(GsoType.TcpV4, new IPv4Fields(), Owed, payload, 999));
    }

    /// <summary>What is known to be wrong must not come out right: the sum that the field held goes into every segment.</summary>
    [Fact]
    public void A_field_that_is_off_leaves_every_segment_off_by_as_much()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), Owed, Frames.Payload(3000)));
        ushort field = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(34 + 16));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34 + 16), PlainSum.Sum([0x12, 0x34], field));
        List<byte[]> frames = Cutter.Cut(frame, Cutter.State(GsoType.TcpV4, 1000, 34));
        List<byte[]> right = Cutter.PlainTcp(new IPv4Fields(), Owed, Frames.Payload(3000), 1000);
        for (int i = 0; i < 3; i++)
        {
            ushort wrong = BinaryPrimitives.ReadUInt16BigEndian(frames[i].AsSpan(34 + 16));
            Assert.Equal(BinaryPrimitives.ReadUInt16BigEndian(right[i].AsSpan(20 + 16)), PlainSum.Sum([0x12, 0x34], wrong));
        }
    }

    [Fact]
    public void Bytes_after_the_IP_packet_stay_behind_the_last_segment()
    {
        byte[] frame = [.. Frames.Ethernet(Frames.Tcp(new IPv4Fields(), Owed, Frames.Payload(3000))), 0xDE, 0xAD, 0xBE, 0xEF];
        List<byte[]> frames = Cutter.Cut(frame, Cutter.State(GsoType.TcpV4, 1000, 34));
        Assert.Equal([0xDE, 0xAD, 0xBE, 0xEF], frames[^1][^4..]);
        frames[^1] = frames[^1][..^4];
        AssertSame(Cutter.PlainTcp(new IPv4Fields(), Owed, Frames.Payload(3000), 1000), frames);
    }

    private static List<byte[]> Cut(GsoType type, IPFields ip, TcpFields tcp, byte[] payload, int gsoSize) =>
        Cutter.Cut(Frames.Ethernet(Frames.Tcp(ip, tcp, payload)), Cutter.State(type, gsoSize, 14 + ip.HeaderLength));

    private static void AssertSame(List<byte[]> packets, List<byte[]> frames) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), frames.Select(Convert.ToHexString));

    private static int IdOf(byte[] frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(18));

    private static void AssertVerifies(byte[] frame)
    {
        Assert.Equal(0xFFFF, PlainSum.Sum(frame.AsSpan(14, 20)));
        ushort pseudo = new IPv4Fields().PseudoSum(6, frame.Length - 34);
        Assert.Equal(0xFFFF, PlainSum.Sum(frame.AsSpan(34), pseudo));
    }
}
