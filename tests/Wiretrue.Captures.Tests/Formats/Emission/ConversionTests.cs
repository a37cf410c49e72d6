using Wiretrue.Captures.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats.Emission;

public sealed class ConversionTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_pcap_becomes_one_section_of_one_interface(bool bigEndian, bool nanoseconds)
    {
        byte[] before = new PcapFile(bigEndian, nanoseconds, link: 113, snapLength: 96)
            .Record(Reading.Packet(60), seconds: 3_000_000_000, fraction: 123)
            .Record(Reading.Packet(33), original: 1500, seconds: 7, fraction: 999_999).ToArray();
        PcapNgFile o = new();
        ulong perSecond = nanoseconds ? 1_000_000_000u : 1_000_000u;
        byte[] expected = new PcapNgFile().Section().Interface(113, 96, nanoseconds ? [.. o.Option(9, 9), .. o.End()] : [])
            .Enhanced(Reading.Packet(60), time: (3_000_000_000 * perSecond) + 123)
            .Enhanced(Reading.Packet(33), original: 1500, time: (7 * perSecond) + 999_999).ToArray();
        Assert.Equal(expected, Emitting.Copy(before, format: CaptureFormat.PcapNg));
        Assert.Equal(expected, Emitting.Copy(before, format: CaptureFormat.PcapNg, windowSize: 64));
    }

    [Fact]
    public void The_length_of_the_check_sequence_goes_both_ways()
    {
        byte[] pcap = new PcapFile(link: 0x24000001).Record(Reading.Packet(64)).ToArray();
        byte[] ng = Emitting.Copy(pcap, format: CaptureFormat.PcapNg);
        Assert.Equal(4, Reading.Of(ng).Records[0].Record.FcsLength);
        Assert.Equal(pcap, Emitting.Copy(ng, format: CaptureFormat.Pcap));
    }

    [Fact]
    public void New_records_are_converted_like_the_others()
    {
        byte[] pcap = new PcapFile().Record(Reading.Packet(100), seconds: 1, fraction: 5).Record(Reading.Packet(61)).ToArray();
        PcapNgFile o = new();
        byte[] expected = new PcapNgFile().Section().Interface(1, 262144)
            .Enhanced(Emitting.Filled(50), time: 1_000_005, options: [.. o.Comment("cut"), .. o.End()])
            .Enhanced(Emitting.Filled(47, 1), time: 1_000_005, options: [.. o.Comment("cut"), .. o.End()])
            .Enhanced(Reading.Packet(61), time: 1_700_000_000_000_000).ToArray();
        byte[] ng = Emitting.Copy(pcap, Emitting.Into([50, 47], comment: "cut"), CaptureFormat.PcapNg);
        Assert.Equal(expected, ng);

        byte[] back = Emitting.Copy(ng, Emitting.Into([20, 21], comment: "has no place here"), CaptureFormat.Pcap);
        byte[] expectedBack = new PcapFile().Record(Emitting.Filled(20), seconds: 1, fraction: 5)
            .Record(Emitting.Filled(21, 1), seconds: 1, fraction: 5)
            .Record(Emitting.Filled(47, 1), seconds: 1, fraction: 5).Record(Reading.Packet(61)).ToArray();
        Assert.Equal(expectedBack, back);
    }

    [Fact]
    public void A_pcapng_of_microseconds_becomes_a_pcap_of_them()
    {
        PcapNgFile ng = new PcapNgFile(bigEndian: true).Section().Interface(link: 101);
        ng.Enhanced(Reading.Packet(60), time: 1_700_000_000_123_456).Simple(Reading.Packet(61))
            .Obsolete(Reading.Packet(62), time: 2_000_001);
        byte[] expected = new PcapFile(link: 101).Record(Reading.Packet(60), fraction: 123_456).Record(Reading.Packet(61), seconds: 0)
            .Record(Reading.Packet(62), seconds: 2, fraction: 1).ToArray();
        Assert.Equal(expected, Emitting.Copy(ng.ToArray(), format: CaptureFormat.Pcap));
        Assert.Equal(expected, Emitting.Copy(ng.ToArray(), format: CaptureFormat.Pcap, windowSize: 64, survey: false));
    }

    [Fact]
    public void One_interface_finer_than_microseconds_makes_a_pcap_of_nanoseconds()
    {
        PcapNgFile o = new();
        byte[] finer = [.. o.Option(9, 0x8A), .. o.Option(14, o.Long(1000)), .. o.End()];
        PcapNgFile ng = new PcapNgFile().Section().Interface().Interface(options: finer);
        ng.Enhanced(Reading.Packet(60), 0, 1_000_001).Enhanced(Reading.Packet(61), 1, (5UL << 10) + 1);
        byte[] expected = new PcapFile(nanoseconds: true).Record(Reading.Packet(60), seconds: 1, fraction: 1000)
            .Record(Reading.Packet(61), seconds: 1005, fraction: 976_562).ToArray();
        Assert.Equal(expected, Emitting.Copy(ng.ToArray(), format: CaptureFormat.Pcap));
        Assert.Equal(expected, Emitting.Copy(ng.ToArray(), format: CaptureFormat.Pcap, windowSize: 64));

        // From a pipe the pcap has begun before the finer interface comes.
        CaptureFormatException e = Assert.Throws<CaptureFormatException>(
            () => Emitting.Copy(ng.ToArray(), format: CaptureFormat.Pcap, windowSize: 100, survey: false));
        Assert.Contains("finer than microseconds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_link_types_are_refused_before_anything_is_written()
    {
        using TempFolder folder = new();
        byte[] ng = new PcapNgFile().Section().Interface(1).Interface(101).Enhanced(Reading.Packet(60)).Enhanced(Reading.Packet(60), 1)
            .ToArray();
        string path = folder.Write("in", ng);
        foreach (bool survey in (bool[])[true, false])
        {
            CaptureFormatException e = Assert.Throws<CaptureFormatException>(
                () => Copying.Copy(path, folder["out"], CaptureFormat.Pcap, windowSize: 64, survey: survey));
            Assert.Contains("link types 1 and 101", e.Message, StringComparison.Ordinal);
            Assert.Equal((2L, 28L + 20 + 20 + 92), (e.PacketNumber, e.Offset));
            Assert.False(File.Exists(folder["out"]));
        }
    }

    [Fact]
    public void An_interface_without_packets_stands_in_no_one_s_way()
    {
        byte[] ng = new PcapNgFile().Section().Interface(1).Interface(101).Enhanced(Reading.Packet(60)).ToArray();
        Assert.Single(Reading.Of(Emitting.Copy(ng, format: CaptureFormat.Pcap)).Records);
    }

    [Fact]
    public void Blocks_that_have_no_place_in_a_pcap_are_left_out_and_counted()
    {
        PcapNgFile ng = new PcapNgFile().Section().Block(10, new byte[20]).Interface().Enhanced(Reading.Packet(60)).Block(4, new byte[8])
            .Block(0xBAD, new byte[100]);
        ng.Section(bigEndian: true).Interface().Block(5, new byte[12]).Enhanced(Reading.Packet(61)).Block(5, new byte[12]);
        using TempFolder folder = new();
        string path = folder.Write("in", ng.ToArray());
        foreach (int windowSize in (int[])[64, 120, 1 << 20])
        {
            Assert.Equal(5, Copying.Copy(path, folder["out"], CaptureFormat.Pcap, windowSize));
            Assert.Equal([60, 61], Reading.Of(File.ReadAllBytes(folder["out"])).Records.Select(r => r.Data.Length));
            Assert.Equal(5, Copying.Copy(path, folder["out"], CaptureFormat.Pcap, windowSize, Emitting.Into([60])));
        }
    }

    [Fact]
    public void A_pcapng_of_no_packets_becomes_a_pcap_of_none()
    {
        byte[] after = Emitting.Copy(new PcapNgFile().Section().Interface(113).ToArray(), format: CaptureFormat.Pcap);
        Reading reading = Reading.Of(after);
        Assert.Equal((24, 0), (after.Length, reading.Records.Count));
        Assert.Null(reading.Error);
    }

    [ToolFact("tshark", Corpus = true)]
    public void Tshark_sees_the_same_packets_and_times_in_every_conversion()
    {
        using TempFolder folder = new();
        foreach (string name in (string[])["PcapPlusPlus__nanosecs_big_endian.pcap", "open5gs__testattach.pcapng"])
        {
            string path = Corpus.PathOf(name);
            string before = Seen(path);
            Copying.Copy(path, folder["ng"], CaptureFormat.PcapNg);
            Copying.Copy(folder["ng"], folder["pcap"], CaptureFormat.Pcap);
            Assert.Equal(before, Seen(folder["ng"]));
            Assert.Equal(before, Seen(folder["pcap"]));
        }
    }

    private static string Seen(string path)
        => ProcessRun.Must("tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len",
            "-e", "frame.protocols");
}
