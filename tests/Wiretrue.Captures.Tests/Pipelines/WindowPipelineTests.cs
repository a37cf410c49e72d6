using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Captures.Tests.Repair;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Pipelines;

public class WindowPipelineTests
{
    private static readonly byte[] Capture = Repairing.Pcap([.. Enumerable.Range(0, 500).Select(_ =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1000))))]);

    [Theory]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public void A_failing_read_ends_all_stages_and_reaches_the_caller(int faultAt)
    {
        using var stream = new FaultyStream(Capture, faultAt);
        using CaptureReader reader = CaptureReader.Open(stream, "in", windowSize: 8192);
        using var folder = new TempFolder();
        using CaptureOutput output = CaptureOutput.Create(folder["out"]);
        CaptureAccessException thrown = Assert.Throws<CaptureAccessException>(() => CaptureRepair.Run(reader, output, new RepairOptions()));
        Assert.Contains("on fire", thrown.ToString(), StringComparison.Ordinal);
        output.Dispose();
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_lying_record_in_a_later_window_is_an_error_and_nothing_is_written()
    {
        byte[] damaged = [.. Capture];
        damaged.AsSpan(24 + (400 * 1070) + 8, 4).Fill(0xFF);
        using var stream = new MemoryStream(damaged);
        using CaptureReader reader = CaptureReader.Open(stream, "in", windowSize: 8192);
        using var folder = new TempFolder();
        using (CaptureOutput output = CaptureOutput.Create(folder["out"]))
        {
            CaptureFormatException thrown = Assert.Throws<CaptureFormatException>(() => CaptureRepair.Run(reader, output, new RepairOptions()));
            Assert.Equal(401, thrown.PacketNumber);
        }
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_full_disk_ends_all_stages_and_reaches_the_caller()
    {
        using var stream = new MemoryStream(Capture);
        using CaptureReader reader = CaptureReader.Open(stream, "in", windowSize: 8192);
        using CaptureOutput output = CaptureOutput.Create("/dev/full", new CaptureOutputOptions { Overwrite = true });
        Assert.ThrowsAny<IOException>(() => CaptureRepair.Run(reader, output, new RepairOptions()));
    }

    [Fact]
    public void Progress_is_told_of_every_window()
    {
        using var stream = new MemoryStream(Capture);
        using CaptureReader reader = CaptureReader.Open(stream, "in", windowSize: 8192);
        int told = 0;
        CaptureRepair.Run(reader, output: null, new RepairOptions(), progress: _ => told++);
        Assert.True(told > 50, $"{told} windows of 8 KiB in {Capture.Length} bytes");
    }
}
