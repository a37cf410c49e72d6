using Wiretrue.Captures.Coalescing;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tests.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Captures.Tests.Coalescing;

public sealed class CaptureMergeTests
{
    private const int Size = 1000;

    private static readonly PlainFrame Stream = new([new PlainEthernet(), new PlainIP(new IPv4Fields { Id = 9 }), new PlainTcp(new TcpFields())], Frames.Payload(8500));

    public static TheoryData<string> Captures => [.. Corpus.Captures.Concat(Corpus.OwnCaptures).Where(path => !path.EndsWith(".snoop", StringComparison.Ordinal)).Select(path => Path.GetRelativePath(Corpus.Folder, path)).DefaultIfEmpty("none")];

    [Fact]
    public void Segments_of_a_flow_become_one_that_says_how_to_cut_it()
    {
        byte[][] segments = [.. Stream.Segments(Size)];
        (MergeReport report, byte[] output) = Merging.Run(PlainCapture.WritePcap(1, segments));
        Assert.Equal((1, segments.Length, 0), (report.SuperFrames, report.Merged, report.Untouched));
        PlainPacket packet = Assert.Single(PlainCapture.Read(output));
        Assert.Equal(Stream.Build(), packet.Bytes);

        PcapNgFile o = new();
        byte[] options = [.. o.Flags(0xA00), .. o.Comment("wiretrue: merged, gso_type tcpv4, gso_size 1000, gso_segs 9"), .. o.End()];
        Assert.Equal(options, output[^(options.Length + 4)..^4]);
    }

    [Fact]
    public void A_super_frame_has_the_place_and_the_time_of_its_first_frame()
    {
        byte[] other = Frames.Ethernet(Frames.Udp(new IPv6Fields(), new UdpFields(), [1, 2, 3]));
        byte[][] segments = [.. Stream.Segments(Size)];
        byte[] capture = PlainCapture.WritePcap(1, [other, .. segments.SelectMany(segment => (byte[][])[segment, other])]);
        (_, byte[] output) = Merging.Run(capture);
        List<PlainPacket> before = PlainCapture.Read(capture), after = PlainCapture.Read(output);
        Assert.Equal([other, Stream.Build(), .. segments.Select(_ => other)], after.Select(packet => packet.Bytes));
        Assert.Equal(Microseconds(before[1].Time), after[1].Time);
        Assert.Equal(after.Select(packet => packet.Time).Order(), after.Select(packet => packet.Time));
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(999, 9)]
    [InlineData(1000, 5)]
    [InlineData(4000, 2)]
    public void A_frame_waits_as_long_as_it_is_told(int microseconds, int packets)
    {
        // The frames of a written capture are a millisecond apart.
        byte[] capture = PlainCapture.WritePcap(1, Stream.Segments(Size));
        var options = new MergeOptions { FlushAfter = TimeSpan.FromMicroseconds(microseconds) };
        Assert.Equal(packets, Merging.Run(capture, options).Report.OutPackets);
    }

    [Fact]
    public void A_time_that_goes_back_ends_the_batch()
    {
        byte[][] segments = [.. Stream.Segments(Size)];
        byte[] capture = PlainCapture.WritePcap(1, segments.Select((bytes, i) => new PlainPacket(1, 0, (uint)bytes.Length, (i < 4 ? 20UL : 10UL) << 32, bytes)));
        Assert.Equal(2, Merging.Run(capture).Report.SuperFrames);
    }

    [Theory]
    [InlineData(4000, 3)]
    [InlineData(65_536, 1)]
    public void A_super_frame_stays_below_the_size_that_is_told(int size, int packets) =>
        Assert.Equal(packets, Merging.Run(PlainCapture.WritePcap(1, Stream.Segments(Size)), Merging.Patient with { MaxSize = size }).Report.OutPackets);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BIG_TCP_is_made_where_it_is_allowed_and_cut_again(bool isIPv6)
    {
        PlainIP network = isIPv6 ? new(new IPv6Fields()) : new(new IPv4Fields { Id = 60 });
        var stream = new PlainFrame([new PlainEthernet(), network, new PlainTcp(new TcpFields())], Frames.Payload(150_000));
        byte[] capture = PlainCapture.WritePcap(1, stream.Segments(1400));
        Assert.Equal(1, Merging.ThereAndBack(capture, Merging.Patient with { MaxSize = 200_000 }).SuperFrames);
        Assert.Equal(3, Merging.ThereAndBack(capture).SuperFrames);
    }

    [Fact]
    public void Datagrams_are_merged_where_that_is_asked_for()
    {
        var stream = new PlainFrame([new PlainEthernet(), new PlainIP(new IPv4Fields { Id = 9 }), new PlainUdp(new UdpFields())], Frames.Payload(4100));
        byte[] capture = PlainCapture.WritePcap(1, stream.Segments(200));
        Assert.Equal(0, Merging.ThereAndBack(capture).SuperFrames);
        Assert.Equal(1, Merging.ThereAndBack(capture, Merging.Patient with { Udp = true }).SuperFrames);
    }

    [Fact]
    public void Frames_that_were_sent_are_left_unless_they_are_asked_for()
    {
        PcapNgFile o = new(), file = new PcapNgFile().Section().Interface();
        foreach (byte[] segment in Stream.Segments(Size))
            file.Enhanced(segment, options: [.. o.Flags(2), .. o.End()]);
        Assert.Equal(0, Merging.ThereAndBack(file.ToArray()).SuperFrames);
        Assert.Equal(1, Merging.ThereAndBack(file.ToArray(), Merging.Patient with { Outbound = true }).SuperFrames);
    }

    [Fact]
    public void Interfaces_do_not_mix()
    {
        PcapNgFile file = new PcapNgFile().Section().Interface().Interface();
        foreach ((byte[] segment, int i) in Stream.Segments(Size).Select((segment, i) => (segment, i)))
            file.Enhanced(segment, (uint)(i % 2));
        Assert.Equal(0, Merging.ThereAndBack(file.ToArray()).SuperFrames);
    }

    [Fact]
    public void What_is_not_merged_passes_byte_for_byte()
    {
        PcapNgFile o = new();
        byte[] arp = Frames.Ethernet(0x0806, Frames.Payload(46));
        byte[] single = Stream.Segments(Size).First();
        byte[] capture = new PcapNgFile().Section().Interface(options: [.. o.Comment("if"), .. o.End()]).Enhanced(arp, options: [.. o.Comment("arp"), .. o.End()])
            .Simple(single).Enhanced(single, original: 2000).Obsolete(single).Enhanced([]).Enhanced(single, options: [.. o.Flags(0x400), .. o.End()]).ToArray();
        Assert.Equal(capture, Merging.Run(capture).Output);
    }

    [Fact]
    public void Comments_that_have_no_packet_any_more_are_counted()
    {
        PcapNgFile o = new(), file = new PcapNgFile().Section().Interface();
        foreach (byte[] segment in Stream.Segments(Size))
            file.Enhanced(segment, options: [.. o.Comment("mine"), .. o.End()]);
        (MergeReport report, _) = Merging.Run(file.ToArray());
        Assert.Equal(8, report.LostComments);
        Assert.Contains("8 comments", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_with_a_wrong_checksum_stays_between_its_neighbours()
    {
        byte[][] segments = [.. Stream.Segments(Size)];
        byte[] wrong = [.. segments[4]];
        wrong[^1] ^= 1;
        MergeReport report = Merging.ThereAndBack(PlainCapture.WritePcap(1, [.. segments[..4], wrong, .. segments[4..]]));
        Assert.Equal((2, 1), (report.SuperFrames, report.Untouched));
    }

    [Fact]
    public void Windows_are_batches()
    {
        byte[] capture = PlainCapture.WritePcap(1, Stream.Segments(Size));
        Assert.Equal(3, Merging.ThereAndBack(capture, windowSize: 4000).SuperFrames);
    }

    [CorpusTheory]
    [MemberData(nameof(Captures))]
    public void Every_frame_of_a_clean_capture_comes_back(string name)
    {
        string path = Corpus.PathOf(name);
        byte[] fixedCapture = Fixed(path);
        foreach (MergeOptions options in (MergeOptions[])[new(), Merging.Patient, Merging.Patient with { Udp = true, Outbound = true, MaxSize = 300_000 }])
            Merging.ThereAndBack(fixedCapture, options);
    }

    // A capture that is not clean is made so first.
    private static byte[] Fixed(string path) => Repair.Repairing.Run(File.ReadAllBytes(path)).Output;

    private static ulong Microseconds(ulong time) => ((time >> 32) * 1_000_000) + (uint)time;
}
