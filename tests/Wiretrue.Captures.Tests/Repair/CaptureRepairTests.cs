using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Repair;

public class CaptureRepairTests
{
    private static readonly byte[] Good = Frame(FieldChecksum.Good, 100);
    private static readonly byte[] Partial = Frame(FieldChecksum.Partial, 100);

    [Fact]
    public void A_clean_capture_comes_out_byte_for_byte()
    {
        byte[] capture = Repairing.Pcap(Good, Frame(FieldChecksum.Good, 1400), Good);
        (RepairReport report, byte[] output) = Repairing.Run(capture);
        Assert.Equal(capture, output);
        Assert.Equal((3L, 3L, 0L, 3L), (report.InPackets, report.OutPackets, report.Completed, report.Untouched));
        Assert.Empty(report.Left);
    }

    [Fact]
    public void A_half_made_checksum_is_completed_where_it_stands()
    {
        (RepairReport report, byte[] output) = Repairing.Run(Repairing.Pcap(Good, Partial, Good));
        Assert.Equal(Repairing.Pcap(Good, Good, Good), output);
        Assert.Equal((1L, 2L), (report.Completed, report.Untouched));
    }

    [Fact]
    public void A_wrong_checksum_stays_wrong_and_is_counted()
    {
        byte[] capture = Repairing.Pcap(Good, Frame(FieldChecksum.Bad, 100), Good);
        (RepairReport report, byte[] output) = Repairing.Run(capture);
        Assert.Equal(capture, output);
        Assert.Equal(1, report.Left[LeftReason.Bad]);
    }

    [Fact]
    public void A_wrong_checksum_is_made_good_when_all_are_asked_for()
    {
        (RepairReport report, byte[] output) = Repairing.Run(
            Repairing.Pcap(Frame(FieldChecksum.Bad, 100)), new RepairOptions { Policy = RepairPolicy.All });
        Assert.Equal(Repairing.Pcap(Good), output);
        Assert.Equal(1, report.Completed);
    }

    [Fact]
    public void A_super_frame_becomes_the_frames_that_the_handshake_allows()
    {
        byte[] capture = Repairing.Pcap([.. Handshake(1400), Frame(FieldChecksum.Partial, 1400 * 3 + 10)]);
        (RepairReport report, byte[] output) = Repairing.Run(capture);
        List<PlainPacket> frames = PlainCapture.Read(output);
        Assert.Equal((1L, 4L), (report.SuperFrames, report.Segments));
        Assert.Equal([54 + 1400, 54 + 1400, 54 + 1400, 54 + 10], frames.Skip(2).Select(frame => frame.Bytes.Length));
        Assert.Equal(report.OutPackets, frames.Count);
        Assert.Equal(
            Frames.Payload(1400 * 3 + 10), frames.Skip(2).SelectMany(frame => frame.Bytes.Skip(54)));
    }

    [Fact]
    public void Segments_keep_the_super_frames_time()
    {
        byte[] capture = Repairing.Pcap([.. Handshake(1400), Frame(FieldChecksum.Partial, 5000)]);
        List<PlainPacket> before = PlainCapture.Read(capture);
        List<PlainPacket> after = PlainCapture.Read(Repairing.Run(capture).Output);
        Assert.All(after.Skip(2), frame => Assert.Equal(before[2].Time, frame.Time));
    }

    [Fact]
    public void Only_what_was_asked_for_is_done()
    {
        byte[] capture = Repairing.Pcap([.. Handshake(1400), Frame(FieldChecksum.Partial, 5000), Partial]);
        RepairReport sums = Repairing.Run(capture, new RepairOptions { Segments = false }).Report;
        Assert.Equal((0L, 2L, 4L), (sums.SuperFrames, sums.Completed, sums.OutPackets));
        RepairReport cuts = Repairing.Run(capture, new RepairOptions { Checksums = false }).Report;
        Assert.Equal((1L, 0L), (cuts.SuperFrames, cuts.Completed));
    }

    [Fact]
    public void Nothing_is_written_without_an_output_and_the_report_is_the_same()
    {
        byte[] capture = Repairing.Pcap([.. Handshake(1400), Frame(FieldChecksum.Partial, 5000), Partial, Frame(FieldChecksum.Bad, 9)]);
        RepairReport written = Repairing.Run(capture).Report;
        using var stream = new MemoryStream(capture);
        using CaptureReader reader = CaptureReader.Open(stream, "in");
        RepairReport dry = CaptureRepair.Run(reader, output: null, new RepairOptions());
        Assert.Equal(
            (written.OutPackets, written.OutBytes, written.Completed, written.SuperFrames, written.Segments, written.Untouched),
            (dry.OutPackets, dry.OutBytes, dry.Completed, dry.SuperFrames, dry.Segments, dry.Untouched));
        Assert.Equal(written.Left, dry.Left);
    }

    [Fact]
    public void Repairing_twice_changes_nothing_the_second_time()
    {
        byte[] capture = Repairing.Pcap([.. Handshake(1400), Frame(FieldChecksum.Partial, 60_000), Partial, Good]);
        byte[] once = Repairing.Run(capture).Output;
        Assert.Equal(once, Repairing.Run(once).Output);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(70_000)]
    public void Many_windows_on_three_threads_give_what_one_window_gives(int windowSize)
    {
        var frames = new List<byte[]>(Handshake(1400));
        var random = new Random(5);
        for (int i = 0; i < 600; i++)
            frames.Add(Frame((FieldChecksum)random.Next(2), random.Next(4) == 0 ? random.Next(1401, 30_000) : random.Next(1, 1400)));
        byte[] capture = Repairing.Pcap([.. frames]);
        (RepairReport whole, byte[] expected) = Repairing.Run(capture);
        (RepairReport pieces, byte[] output) = Repairing.Run(capture, windowSize: windowSize);
        Assert.True(whole.SuperFrames > 50);
        Assert.Equal(expected, output);
        Assert.Equal((whole.Completed, whole.Segments), (pieces.Completed, pieces.Segments));
    }

    [Fact]
    public void A_super_frame_that_cannot_be_cut_is_left_as_it_was()
    {
        // GRE with sequence numbers: those of the segments cannot be known.
        byte[] inner = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000));
        byte[] gre = [0x10, 0, 0x08, 0, 0, 0, 0, 7, .. inner];
        byte[] capture = Repairing.Pcap(Frames.Ethernet(new IPv4Fields().Wrap(47, gre)));
        (RepairReport report, byte[] output) = Repairing.Run(capture);
        Assert.Equal(capture, output);
        Assert.Equal(1, report.Left[LeftReason.Uncuttable]);
    }

    [Fact]
    public void A_cut_tail_leaves_the_whole_records()
    {
        byte[] capture = Repairing.Pcap(Good, Partial, Good);
        (RepairReport report, byte[] output) = Repairing.Run(capture[..^5]);
        Assert.Equal(Repairing.Pcap(Good, Good), output);
        Assert.NotNull(report.Truncation);
    }

    [Fact]
    public void Padding_after_the_packet_is_neither_summed_nor_lost()
    {
        byte[] padding = [0xDE, 0xAD, 0xBE];
        (RepairReport report, byte[] output) = Repairing.Run(Repairing.Pcap([.. Partial, .. padding]));
        Assert.Equal(Repairing.Pcap([.. Good, .. padding]), output);
        Assert.Equal(1, report.Completed);
    }

    [Fact]
    public void A_cancelled_repair_says_so()
    {
        byte[] capture = Repairing.Pcap(Partial);
        using var stream = new MemoryStream(capture);
        using CaptureReader reader = CaptureReader.Open(stream, "in");
        Assert.Throws<OperationCanceledException>(() =>
            CaptureRepair.Run(reader, null, new RepairOptions(), cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Rewritten_addresses_are_counted_as_such_also_when_the_proof_comes_a_window_later()
    {
        byte[] capture = Repairing.Pcap([.. Enumerable.Range(1, 40).Select(length => Rewritten(length * 20))]);
        foreach (int windowSize in new[] { 1024, CaptureReader.DefaultWindowSize })
        {
            (RepairReport report, byte[] output) = Repairing.Run(capture, windowSize: windowSize);
            Assert.Equal(capture, output);
            Assert.Equal([KeyValuePair.Create(LeftReason.Rewritten, 40L)], report.Left);
        }
    }

    // Another host's address, and a header checksum that fits, but TCP's from before.
    private static byte[] Rewritten(int payload)
    {
        var other = new IPv4Fields { Destination = System.Net.IPAddress.Parse("192.0.2.77") };
        byte[] good = Frame(FieldChecksum.Good, payload);
        byte[] rewritten = Frames.Ethernet(Frames.Tcp(other, new TcpFields(), Frames.Payload(payload)));
        good.AsSpan(50, 2).CopyTo(rewritten.AsSpan(50));
        return rewritten;
    }

    private static byte[][] Handshake(ushort mss)
    {
        var there = new TcpFields { Flags = TcpFields.Syn, Options = TcpFields.MaximumSegmentSize(mss) };
        var back = new TcpFields
        {
            Flags = TcpFields.Syn | TcpFields.Ack,
            Options = TcpFields.MaximumSegmentSize(mss),
            SourcePort = 5001,
            DestinationPort = 40000,
        };
        var forth = new IPv4Fields();
        return
        [
            Frames.Ethernet(Frames.Tcp(forth, there, [])),
            Frames.Ethernet(Frames.Tcp(new IPv4Fields { Source = forth.Destination, Destination = forth.Source }, back, [])),
        ];
    }

    private static byte[] Frame(FieldChecksum checksum, int payload) =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = checksum }, Frames.Payload(payload)));
}
