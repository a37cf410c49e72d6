using Wiretrue.Captures.Formats.Sinks;
using Wiretrue.Testing;

namespace Wiretrue.Captures.Tests.Formats.Sinks;

public sealed class FileSinkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(10_000_000)]
    public void The_file_has_what_was_written_whatever_room_was_taken(long sizeHint)
    {
        using TempFolder folder = new();
        using FileSink sink = new(folder["out"], sizeHint);
        sink.Write(Reading.Packet(3000));
        sink.Write(Reading.Packet(2001, 2));
        sink.Revise(2999, [0xEE, 0xEF]);
        sink.Finish();
        byte[] expected = [.. Reading.Packet(3000), .. Reading.Packet(2001, 2)];
        (expected[2999], expected[3000]) = (0xEE, 0xEF);
        Assert.Equal(expected, File.ReadAllBytes(folder["out"]));
    }

    [Fact]
    public void Room_is_taken_at_once_and_given_back_at_the_end()
    {
        using TempFolder folder = new();
        using FileSink sink = new(folder["out"], 10_000_000);
        long taken = Blocks(folder["out"]);
        if (taken == 0) return; // a file system that can't

        sink.Write(Reading.Packet(5000));
        sink.Finish();
        sink.Dispose();
        Assert.True(taken * 512 >= 10_000_000);
        Assert.InRange(Blocks(folder["out"]) * 512, 5000, 1_000_000);
    }

    [Fact]
    public void A_file_that_is_there_is_never_opened()
    {
        using TempFolder folder = new();
        string path = folder.Write("out", "theirs"u8);
        Assert.Throws<IOException>(() => new FileSink(path, 0));
        Assert.Equal("theirs", File.ReadAllText(path));
    }

    /// <summary>Blocks of 512 bytes that the file takes on the disk.</summary>
    private static long Blocks(string path) => long.Parse(ProcessRun.Must("stat", "-c", "%b", path));
}
