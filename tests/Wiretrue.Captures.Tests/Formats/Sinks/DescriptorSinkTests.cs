using Microsoft.Win32.SafeHandles;
using Wiretrue.Captures.Formats.Sinks;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats.Sinks;

public sealed class DescriptorSinkTests
{
    private const int WriteOnlyNonBlocking = 0x801; // O_WRONLY | O_NONBLOCK
    private const int ReadOnlyNonBlocking = 0x800; // O_RDONLY | O_NONBLOCK

    [ToolFact("mkfifo")]
    public async Task A_pipe_that_does_not_block_gets_everything_all_the_same()
    {
        using TempFolder folder = new();
        ProcessRun.Must("mkfifo", folder["pipe"]);

        // A reading end must be open before a writing end that does not wait for one can be.
        using SafeFileHandle reading = LibcOpen.Open(folder["pipe"], ReadOnlyNonBlocking);
        using SafeFileHandle writing = LibcOpen.Open(folder["pipe"], WriteOnlyNonBlocking);
        byte[] sent = Reading.Packet(1_000_000);
        Task<byte[]> received = Task.Run(() => ReadAll(folder["pipe"], sent.Length));
        using DescriptorSink sink = new(writing);
        sink.Write(sent);
        Assert.Equal(sent, await received);
    }

    [Fact]
    public void It_writes_where_the_descriptor_stands()
    {
        using TempFolder folder = new();
        string path = folder.Write("shared", "before "u8);

        // As a shell hands over a file that others write to as well.
        using DescriptorSink sink = new(LibcOpen.Open(path, 0x401)); // O_WRONLY | O_APPEND
        sink.Write("and "u8);
        sink.Write("after"u8);
        sink.Finish();
        Assert.Equal("before and after", File.ReadAllText(path));
        Assert.False(sink.CanRevise);
        Assert.Throws<NotSupportedException>(() => sink.Revise(0, "x"u8));
    }

    [Fact]
    public void An_error_carries_its_errno()
    {
        using DescriptorSink sink = new(LibcOpen.Open("/dev/full", 1));
        Assert.Equal(28, Assert.Throws<IOException>(() => sink.Write("x"u8)).HResult); // ENOSPC
        sink.Write([]);
    }

    private static byte[] ReadAll(string path, int length)
    {
        byte[] all = new byte[length];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        stream.ReadExactly(all);
        return all;
    }
}
