using System.Text;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Captures.Tests.Formats;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Repair;

public class CaptureRepairPcapNgTests
{
    private const uint Outbound = 2;
    private const uint NotReady = 1 << 9;

    private static readonly byte[] Good = Frame(FieldChecksum.Good);
    private static readonly byte[] Partial = Frame(FieldChecksum.Partial);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_flag_of_an_unready_checksum_goes_with_the_repair_and_the_others_stay(bool bigEndian)
    {
        (_, byte[] output) = Repairing.Run(Capture(bigEndian, Partial, Outbound | NotReady));
        Assert.Equal(Capture(bigEndian, Good, Outbound), output);
    }

    [Fact]
    public void A_comment_is_left_in_each_changed_packet_when_asked_for()
    {
        (_, byte[] output) = Repairing.Run(Capture(false, Partial, Outbound), new RepairOptions { Annotate = true });
        Assert.Contains("wiretrue: checksum completed", Encoding.Latin1.GetString(output), StringComparison.Ordinal);
        Assert.Equal(Good, Assert.Single(PlainCapture.Read(output)).Bytes);
    }

    [Fact]
    public void A_segments_comment_says_which_it_is()
    {
        byte[] super = Frames.Ethernet(
            Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3000)));
        (RepairReport report, byte[] output) = Repairing.Run(Capture(false, super, Outbound | NotReady | (1 << 11)), new RepairOptions { Annotate = true });
        Assert.Equal(3, report.Segments);
        string text = Encoding.Latin1.GetString(output);
        Assert.All(Enumerable.Range(1, 3), n => Assert.Contains($"wiretrue: segment {n} of 3 of frame 1", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_clean_capture_with_all_kinds_of_blocks_comes_out_byte_for_byte()
    {
        var file = new PcapNgFile();
        byte[] capture = file.Section().Interface().Enhanced(Good, options: [.. file.Comment("as it was"), .. file.End()])
            .Block(0x0BAD, [1, 2, 3, 4]).Simple(Good).ToArray();
        Assert.Equal(capture, Repairing.Run(capture).Output);
    }

    [Fact]
    public void A_pcap_can_be_written_as_pcapng_and_the_repair_is_the_same()
    {
        byte[] pcap = Repairing.Pcap(Good, Partial);
        (RepairReport report, byte[] output) = Repairing.Run(pcap, new RepairOptions { OutputFormat = CaptureFormat.PcapNg });
        Assert.Equal([0x0A, 0x0D, 0x0D, 0x0A], output[..4]);
        Assert.Equal([Good, Good], PlainCapture.Read(output).Select(packet => packet.Bytes));
        Assert.Equal(1, report.Completed);
    }

    [Fact]
    public void A_pcapng_can_be_written_as_pcap()
    {
        (_, byte[] output) = Repairing.Run(Capture(true, Partial, Outbound), new RepairOptions { OutputFormat = CaptureFormat.Pcap });
        Assert.Equal(Good, Assert.Single(PlainCapture.Read(output)).Bytes);
    }

    private static byte[] Capture(bool bigEndian, byte[] frame, uint flags)
    {
        var file = new PcapNgFile(bigEndian);
        return file.Section().Interface().Enhanced(frame, options: [.. file.Flags(flags), .. file.End()]).ToArray();
    }

    private static byte[] Frame(FieldChecksum checksum) =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = checksum }, Frames.Payload(100)));
}
