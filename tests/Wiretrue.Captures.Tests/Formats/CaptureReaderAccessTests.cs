using Wiretrue.Captures.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureReaderAccessTests
{
    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        CaptureAccessException e = Assert.Throws<CaptureAccessException>(() => CaptureReader.Open("/nowhere/x.pcap"));
        Assert.Equal(CaptureAccessFault.NotFound, e.Fault);
        Assert.StartsWith("/nowhere/x.pcap: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_no_capture()
    {
        using TempFolder folder = new();
        Assert.Equal(CaptureAccessFault.IsDirectory, Assert.Throws<CaptureAccessException>(() => CaptureReader.Open(folder.Path)).Fault);
    }

    [UnprivilegedFact]
    public void A_file_that_may_not_be_read_is_named()
    {
        using TempFolder folder = new();
        string path = folder.Write("x.pcap", new PcapFile().ToArray());
        ProcessRun.Must("chmod", "200", path);
        Assert.Equal(CaptureAccessFault.PermissionDenied, Assert.Throws<CaptureAccessException>(() => CaptureReader.Open(path)).Fault);
    }

    [Fact]
    public void An_empty_file_is_no_capture()
    {
        using TempFolder folder = new();
        string path = folder.Write("empty", []);
        CaptureFormatException e = Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(path));
        Assert.Contains("byte 0: the file is empty", e.Message, StringComparison.Ordinal);
        Assert.Throws<CaptureFormatException>(() => CaptureReader.Open("/dev/null"));
    }

    public static TheoryData<string, string> Foreign() => new()
    {
        { "736E6F6F7000000000000002", "Solaris snoop" },
        { "34CDB2A1020004000000000000000000", "modified pcap" },
        { "A1B2CD34000200040000000000000000", "modified pcap" },
        { "FD377A585A0000", "xz" },
        { "425A6839314159", "bzip2" },
        { "504B0304140000", "zip" },
        { "04224D18644000", "lz4" },
        { "7F454C46020101", "no capture: it begins with 7F454C46" },
        { "41", "no capture: it begins with 41" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Other_files_are_refused_with_what_they_are(string head, string expected)
    {
        byte[] file = [.. Convert.FromHexString(head), .. new byte[head.Length > 2 ? 100 : 0]];
        CaptureFormatException e = Assert.Throws<CaptureFormatException>(() => Reading.Of(file));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(("test", 0L), (e.File, e.Offset));
        Assert.DoesNotContain('\n', e.Message);
    }

    [CorpusFact]
    public void The_snoop_file_of_the_corpus_is_refused()
    {
        string path = Corpus.PathOf("PcapPlusPlus__solaris.snoop");
        CaptureFormatException e = Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(path));
        Assert.Contains("Solaris snoop", e.Message, StringComparison.Ordinal);
    }

    [ToolFact("mkfifo")]
    public async Task A_named_pipe_is_read_to_its_end()
    {
        using TempFolder folder = new();
        ProcessRun.Must("mkfifo", folder["pipe"]);
        byte[] file = new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(70)).ToArray();
        Task writing = Task.Run(() => File.WriteAllBytes(folder["pipe"], file));
        using CaptureReader reader = CaptureReader.Open(folder["pipe"]);
        Assert.Null(reader.FileLength);
        Assert.Equal(file, Reading.Of(reader).Bytes);
        Assert.Equal(file.Length, reader.BytesRead);
        await writing;
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_is_read_to_its_new_end()
    {
        using TempFolder folder = new();
        string path = folder.Write("x.pcap", new PcapFile().Record(Reading.Packet(60)).ToArray());
        byte[] whole = new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(500, 2)).ToArray();
        using CaptureReader reader = CaptureReader.Open(path);
        using (FileStream growing = new(path, FileMode.Append)) growing.Write(whole.AsSpan(24 + 16 + 60));
        Assert.Equal(whole, Reading.Of(reader).Bytes);
    }

    [Fact]
    public void A_file_replaced_while_it_is_read_is_read_as_it_was()
    {
        using TempFolder folder = new();
        byte[] old = new PcapFile().Record(Reading.Packet(60)).ToArray();
        string path = folder.Write("x.pcap", old);
        using CaptureReader reader = CaptureReader.Open(path);
        File.Move(folder.Write("new", new PcapFile().Record(Reading.Packet(9)).ToArray()), path, overwrite: true);
        Assert.Equal(old, Reading.Of(reader).Bytes);
    }

    [Fact]
    public void The_caller_s_stream_stays_open()
    {
        using MemoryStream stream = new(new PcapFile().ToArray());
        CaptureReader.Open(stream, "test").Dispose();
        Assert.True(stream.CanRead);
    }
}
