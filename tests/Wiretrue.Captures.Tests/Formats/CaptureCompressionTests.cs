using System.IO.Compression;
using Wiretrue.Captures.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Compressed captures in and out.</summary>
public sealed class CaptureCompressionTests
{
    private static readonly byte[] Capture = MakeCapture();

    [Fact]
    public void Gzip_is_known_by_its_magic()
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(Gzip(Capture)), "no-ending", windowSize: 10_000);
        Assert.Equal(CaptureCompression.Gzip, reader.Compression);
        Assert.Equal(Capture, Reading.Of(reader).Bytes);
        Assert.Equal(Capture.Length, reader.Position);
        Assert.Equal(reader.FileLength, reader.BytesRead);
    }

    [Fact]
    public void Members_of_gzip_follow_each_other()
    {
        byte[] file = [.. Gzip(Capture[..1000]), .. Gzip(Capture[1000..1001]), .. Gzip(Capture[1001..])];
        Assert.Equal(Capture, Reading.Of(file).Bytes);
    }

    [Fact]
    public void A_cut_gzip_keeps_every_whole_record_and_tells_of_the_cut()
    {
        byte[] file = Gzip(Capture);
        Reading reading = Reading.Of(file[..(file.Length / 2)]);
        Assert.NotNull(reading.Truncation);
        Assert.InRange(reading.Records.Count, 10, 290);
        Assert.Equal(Capture[..reading.Bytes.Length], reading.Bytes);
    }

    [Fact]
    public void Damaged_gzip_keeps_every_whole_record_before_the_damage()
    {
        byte[] file = Gzip(Capture);
        for (int i = file.Length / 2; i < (file.Length / 2) + 200; i++) file[i] ^= 0x55;
        Reading reading = Reading.Of(file, windowSize: 10_000);
        Assert.Contains("the compressed data is damaged", reading.Error!.Message, StringComparison.Ordinal);
        Assert.NotEmpty(reading.Records);
    }

    [Fact]
    public void A_compressed_text_is_no_capture()
    {
        CaptureFormatException e = Assert.Throws<CaptureFormatException>(() => Reading.Of(Gzip("hello, world"u8.ToArray())));
        Assert.Contains("no capture", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1F8B")]
    [InlineData("1F8B080000000000000304")]
    [InlineData("1F8BFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    public void Broken_gzip_headers_are_no_capture(string hex)
        => Assert.Throws<CaptureFormatException>(() => Reading.Of(Convert.FromHexString(hex)));

    [Fact]
    public void A_bomb_takes_no_more_memory_than_a_capture()
    {
        // 64 MiB of zeros after a header: each 16 of them a packet of nothing.
        byte[] file = Gzip([.. new PcapFile().ToArray(), .. new byte[64 << 20]]);
        Assert.True(file.Length < 1 << 20);
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "bomb", windowSize: 1 << 20);
        CaptureWindow window = new();
        while (reader.Read(window)) Assert.True(window.Buffer.Length <= 1 << 20);
        Assert.Equal(4 << 20, reader.PacketsRead);
    }

    [Theory]
    [InlineData("copy.pcap.gz", CaptureCompression.Gzip)]
    [InlineData("copy.GZ", CaptureCompression.Gzip)]
    [InlineData("copy.pcap", CaptureCompression.None)]
    public void The_output_s_name_tells_its_compression(string name, CaptureCompression expected)
    {
        using TempFolder folder = new();
        string path = folder.Write("in", Capture);
        Copying.Copy(path, folder[name], windowSize: 5000);
        using CaptureReader reader = CaptureReader.Open(folder[name]);
        Assert.Equal(expected, reader.Compression);
        Assert.Equal(Capture, Reading.Of(reader).Bytes);
    }

    [ToolFact("gzip")]
    public void Gzip_itself_reads_what_was_written()
    {
        using TempFolder folder = new();
        Copying.Copy(folder.Write("in", Capture), folder["out.gz"]);
        Assert.Equal(Capture, ProcessRun.Run("gzip", "-dc", folder["out.gz"]).Output);
    }

    [ZstdFact]
    public void Zstd_goes_out_and_comes_in_again()
    {
        using TempFolder folder = new();
        Copying.Copy(folder.Write("in", Capture), folder["out.pcap.zst"], windowSize: 5000);
        Assert.True(new FileInfo(folder["out.pcap.zst"]).Length < Capture.Length);
        File.Move(folder["out.pcap.zst"], folder["no-ending"]);
        using CaptureReader reader = CaptureReader.Open(folder["no-ending"], windowSize: 5000);
        Assert.Equal(CaptureCompression.Zstandard, reader.Compression);
        Assert.Equal(Capture, Reading.Of(reader).Bytes);
    }

    [ZstdFact]
    public void Cut_and_damaged_zstd_keep_what_was_whole()
    {
        using TempFolder folder = new();
        Copying.Copy(folder.Write("in", Capture), folder["out.zst"]);
        byte[] file = File.ReadAllBytes(folder["out.zst"]);
        for (int length = 4; length < file.Length; length += 97)
        {
            try
            {
                Reading reading = Reading.Of(file[..length], windowSize: 5000);
                Assert.Equal(Capture[..reading.Bytes.Length], reading.Bytes);
            }
            catch (CaptureFormatException e)
            {
                Assert.Contains("byte 0", e.Message, StringComparison.Ordinal);
            }
        }

        file[file.Length / 2] ^= 0xFF;
        file[(file.Length / 2) + 1] ^= 0xFF;
        Reading damaged = Reading.Of(file, windowSize: 5000);
        Assert.True(damaged.Error is not null || !damaged.Bytes.AsSpan().SequenceEqual(Capture));
    }

    [ToolFact("zstd")]
    public void Zstd_itself_reads_what_was_written_and_writes_what_is_read()
    {
        using TempFolder folder = new();
        string path = folder.Write("in", Capture);
        Copying.Copy(path, folder["out.zst"]);
        Assert.Equal(Capture, ProcessRun.Run("zstd", "-dcq", folder["out.zst"]).Output);
        ProcessRun.Must("zstd", "-q", "-19", path, "-o", folder["theirs"]);
        byte[] theirs = File.ReadAllBytes(folder["theirs"]);
        Assert.Equal(Capture, Reading.Of(theirs).Bytes);

        // A skippable frame first, and two frames one after the other.
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        Assert.Equal(Capture, Reading.Of([.. skippable, .. theirs]).Bytes);
        byte[] second = [.. Capture[24..]];
        ProcessRun.Must("zstd", "-q", folder.Write("rest", second), "-o", folder["rest.zst"]);
        Assert.Equal([.. Capture, .. second], Reading.Of([.. theirs, .. File.ReadAllBytes(folder["rest.zst"])]).Bytes);
    }

    private static byte[] MakeCapture()
    {
        PcapFile file = new();
        Random random = new(3);
        for (int i = 0; i < 300; i++)
        {
            byte[] packet = new byte[random.Next(60, 1500)];
            random.NextBytes(packet.AsSpan(0, packet.Length / 2));
            file.Record(packet);
        }

        return file.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return compressed.ToArray();
    }
}
