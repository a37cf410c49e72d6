using System.IO.Compression;
using Wiretrue.Captures.Formats;
using Wiretrue.Testing;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureOutputImmediateTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_can_be_read_from_the_unfinished_file_only_when_asked_for(bool immediate)
    {
        byte[] capture = new PcapFile().Record(Reading.Packet(60)).ToArray();
        using TempFolder folder = new();
        using CaptureOutput output = CaptureOutput.Create(folder["out.pcap.gz"], new CaptureOutputOptions { Immediate = immediate });
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(capture), "in");
        CaptureWindow window = new();
        OutputBatch batch = new();
        Assert.True(reader.Read(window));
        batch.Begin(window);
        batch.AppendFromWindow(0, window.Length);
        batch.Seal();
        output.Write(batch);

        byte[] written = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path)));
        if (!immediate)
        {
            Assert.Empty(written);
            return;
        }

        using GZipStream stream = new(new MemoryStream(written), CompressionMode.Decompress);
        byte[] all = new byte[capture.Length];
        stream.ReadExactly(all);
        Assert.Equal(capture, all);
    }
}
