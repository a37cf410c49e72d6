using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tests.Formats.Emission;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>What other programs say of our output.</summary>
public sealed class JudgesTests
{
    [ToolFact("tshark")]
    public void Tshark_reads_derived_records_with_their_comments_and_flags()
    {
        PcapNgFile o = new();
        byte[] before = new PcapNgFile().Section().Interface(options: [.. o.Option(9, 9), .. o.End()])
            .Enhanced(Reading.Packet(200), time: 1_700_000_000_123_456_789, options: [.. o.Comment("first"), .. o.Flags(0x202), .. o.End()])
            .Enhanced(Reading.Packet(61), time: 1_700_000_001_000_000_000).ToArray();
        using TempFolder folder = new();
        string path = folder.Write("out", Emitting.Copy(before, Emitting.Into([100, 77], PacketFlags.ChecksumNotReady, "second")));
        string seen = ProcessRun.Must(
            "tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.comment", "-e",
                "frame.packet_flags");
        Assert.Equal(
            [
                "1700000000.123456789\t100\tfirst,second\t0x00000002",
                "1700000000.123456789\t77\tfirst,second\t0x00000002",
                "1700000001.000000000\t61\t\t",
            ],
            seen.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [ToolFact("capinfos")]
    public void Capinfos_finds_nothing_amiss_in_any_shape()
    {
        using TempFolder folder = new();
        PcapNgFile ng = new PcapNgFile(bigEndian: true).Section(length: -1).Interface(snapLength: 80);
        ng.Simple(Reading.Packet(80), original: 100).Obsolete(Reading.Packet(99)).Enhanced(Reading.Packet(60));
        string path = folder.Write("out.pcapng", Emitting.Copy(ng.ToArray(), Emitting.Into([50, 40, 30], comment: "cut")));
        string said = ProcessRun.Must("capinfos", "-c", "-M", path);
        Assert.Contains("Number of packets:   5", said, StringComparison.Ordinal);
    }

    [ToolFact("editcap", "tshark")]
    public void What_editcap_writes_is_read()
    {
        using TempFolder folder = new();
        string pcap = folder.Write("in", new PcapFile(nanoseconds: true).Record(Reading.Packet(60), fraction: 1).Record(Reading.Packet(70))
            .ToArray());
        foreach (string format in (string[])["pcap", "nsecpcap", "pcapng"])
        {
            ProcessRun.Must("editcap", "-F", format, "-a", "1:a comment", pcap, folder[format]);
            Reading reading = Reading.Of(File.ReadAllBytes(folder[format]), windowSize: 64);
            Assert.Equal([60, 70], reading.Records.Select(r => r.Data.Length));
        }

        ProcessRun.Must("editcap", "-F", "modpcap", pcap, folder["modified"]);
        Assert.Contains("modified pcap", Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(folder["modified"]))
            .Message, StringComparison.Ordinal);
    }
}
