using Wiretrue.Captures.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class CaptureOutputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1 << 20)]
    public void A_file_takes_its_name_only_when_it_is_whole(long sizeHint)
    {
        using (CaptureOutput output = CaptureOutput.Create(_folder["out"], new CaptureOutputOptions { SizeHint = sizeHint }))
        {
            output.Write("hello"u8);
            output.Write(", world"u8);
            Assert.False(File.Exists(_folder["out"]));
            Assert.Single(Directory.GetFiles(_folder.Path));
            output.Complete();
            Assert.Equal(12, output.BytesWritten);
        }

        Assert.Equal([_folder["out"]], Directory.GetFiles(_folder.Path));
        Assert.Equal("hello, world", File.ReadAllText(_folder["out"]));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.gz")]
    public void An_output_given_up_leaves_nothing_behind(string name)
    {
        using (CaptureOutput output = CaptureOutput.Create(_folder[name], new CaptureOutputOptions { SizeHint = 1000 }))
        {
            output.Write("hello"u8);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_size_hint_beyond_the_disk_is_only_a_hint()
    {
        using CaptureOutput output = CaptureOutput.Create(_folder["out"], new CaptureOutputOptions { SizeHint = 1L << 50 });
        output.Write("hello"u8);
        output.Complete();
        Assert.Equal(5, new FileInfo(_folder["out"]).Length);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_when_told_and_only_at_the_end()
    {
        _folder.Write("out", "old"u8);
        CaptureAccessException e = Assert.Throws<CaptureAccessException>(() => CaptureOutput.Create(_folder["out"]));
        Assert.Equal(CaptureAccessFault.AlreadyExists, e.Fault);
        using (CaptureOutput output = CaptureOutput.Create(_folder["out"], new CaptureOutputOptions { Overwrite = true }))
        {
            output.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(_folder["out"]));
            output.Complete();
        }

        Assert.Equal("new", File.ReadAllText(_folder["out"]));
    }

    [Fact]
    public void A_file_that_appeared_meanwhile_is_not_replaced()
    {
        using (CaptureOutput output = CaptureOutput.Create(_folder["out"]))
        {
            output.Write("ours"u8);
            _folder.Write("out", "theirs"u8);
            Assert.Equal(CaptureAccessFault.AlreadyExists, Assert.Throws<CaptureAccessException>(output.Complete).Fault);
        }

        Assert.Equal("theirs", File.ReadAllText(_folder["out"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_input_is_refused_as_the_output_by_whatever_name()
    {
        string input = _folder.Write("in", "capture"u8);
        ProcessRun.Must("ln", input, _folder["hard"]);
        ProcessRun.Must("ln", "-s", "in", _folder["soft"]);
        ProcessRun.Must("ln", "-s", "soft", _folder["softer"]);
        string[] names = [input, _folder["hard"], _folder["soft"], _folder["softer"], Path.Combine(_folder.Path, ".", "in")];
        foreach (string name in names)
        {
            foreach (string from in names)
            {
                CaptureAccessException e = Assert.Throws<CaptureAccessException>(
                    () => CaptureOutput.Create(name, new CaptureOutputOptions { Overwrite = true, Input = from }));
                Assert.Equal(CaptureAccessFault.SameFile, e.Fault);
            }
        }

        Assert.Equal("capture", File.ReadAllText(input));
    }

    [Fact]
    public void Through_a_link_the_file_behind_it_is_replaced()
    {
        Directory.CreateDirectory(_folder["deep"]);
        File.WriteAllText(Path.Combine(_folder["deep"], "real"), "old");
        ProcessRun.Must("ln", "-s", "deep/real", _folder["link"]);
        using (CaptureOutput output = CaptureOutput.Create(_folder["link"], new CaptureOutputOptions { Overwrite = true }))
        {
            output.Write("new"u8);
            output.Complete();
        }

        Assert.Equal("new", File.ReadAllText(Path.Combine(_folder["deep"], "real")));
        Assert.NotNull(File.ResolveLinkTarget(_folder["link"], returnFinalTarget: false));
    }

    [Fact]
    public void Bytes_can_be_revised_in_a_file_and_nowhere_else()
    {
        using CaptureOutput plain = CaptureOutput.Create(_folder["out"]);
        using CaptureOutput gzip = CaptureOutput.Create(_folder["out.gz"]);
        using CaptureOutput device = CaptureOutput.Create("/dev/null");
        Assert.Equal((true, false, false), (plain.CanRevise, gzip.CanRevise, device.CanRevise));
        plain.Write("hello"u8);
        plain.Revise(1, "E"u8);
        plain.Write("!"u8);
        plain.Complete();
        Assert.Equal("hEllo!", File.ReadAllText(_folder["out"]));
    }

    [Fact]
    public void A_full_disk_is_told()
    {
        using CaptureOutput output = CaptureOutput.Create("/dev/full");
        Assert.Equal(CaptureAccessFault.DiskFull, Assert.Throws<CaptureAccessException>(() => output.Write("x"u8)).Fault);
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public void A_device_is_written_as_it_is_and_stays()
    {
        using (CaptureOutput output = CaptureOutput.Create("/dev/null"))
        {
            output.Write(new byte[100_000]);
            output.Complete();
        }

        Assert.Equal(CaptureAccessFault.NotFound, Assert.Throws<CaptureAccessException>(() => CaptureOutput.Create("/nowhere/out")).Fault);
        Assert.False(new FileInfo("/dev/null").Attributes.HasFlag(FileAttributes.ReparsePoint));
    }

    [Fact]
    public void A_directory_is_no_output()
    {
        CaptureAccessException e = Assert.Throws<CaptureAccessException>(() => CaptureOutput.Create(_folder.Path));
        Assert.Equal(CaptureAccessFault.IsDirectory, e.Fault);
    }

    [UnprivilegedFact]
    public void A_folder_that_may_not_be_written_to_is_told()
    {
        Directory.CreateDirectory(_folder["closed"]);
        ProcessRun.Must("chmod", "500", _folder["closed"]);
        string inside = Path.Combine(_folder["closed"], "out");
        CaptureAccessException e = Assert.Throws<CaptureAccessException>(() => CaptureOutput.Create(inside));
        Assert.Equal(CaptureAccessFault.PermissionDenied, e.Fault);
    }

    [ToolFact("mkfifo")]
    public async Task A_pipe_whose_reader_went_away_is_a_fault_of_its_own()
    {
        ProcessRun.Must("mkfifo", _folder["pipe"]);
        Task<byte[]> reading = Task.Run(() =>
        {
            using FileStream reader = File.OpenRead(_folder["pipe"]);
            byte[] some = new byte[5];
            reader.ReadExactly(some);
            return some;
        });
        using CaptureOutput output = CaptureOutput.Create(_folder["pipe"]);
        output.Write("hello"u8);
        Assert.Equal("hello"u8.ToArray(), await reading);
        CaptureAccessException e = Assert.Throws<CaptureAccessException>(() => output.Write("world"u8));
        Assert.Equal(CaptureAccessFault.ClosedPipe, e.Fault);
        Assert.True(File.Exists(_folder["pipe"]));
    }

    [ToolFact("mkfifo")]
    public async Task A_pipe_gets_all_of_a_large_write()
    {
        ProcessRun.Must("mkfifo", _folder["pipe"]);
        byte[] sent = Reading.Packet(3_000_000);
        Task<byte[]> reading = Task.Run(() => File.ReadAllBytes(_folder["pipe"]));
        using (CaptureOutput output = CaptureOutput.Create(_folder["pipe"]))
        {
            output.Write(sent);
            output.Complete();
        }

        Assert.Equal(sent, await reading);
    }

    [Fact]
    public void What_a_failed_write_leaves_is_removed()
    {
        using (CaptureOutput output = CaptureOutput.Create(_folder["out"]))
        {
            output.Write("hello"u8);
            File.Delete(Directory.GetFiles(_folder.Path)[0]);
            Assert.Equal(CaptureAccessFault.NotFound, Assert.Throws<CaptureAccessException>(output.Complete).Fault);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
