using System.Buffers.Binary;
using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>Inputs that are not what they should be. The same answers from both commands, since one reader gives them.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void A_missing_file_is_named(string command) => Refused(command, "/does/not/exist", 3, "/does/not/exist");

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void A_directory_is_no_capture(string command) => Refused(command, _folder.Path, 3, "directory");

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void An_empty_file_is_no_capture(string command) => Refused(command, _folder.Write("empty", []), 3, "empty", "byte 0");

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void Text_is_no_capture(string command) => Refused(command, _folder.Write("text", "hello, world, this is text"u8), 3, "text", "byte 0");

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void A_cut_file_header_is_no_capture(string command) => Refused(command, _folder.Write("cut", Sample().AsSpan(..10)), 3, "byte 0", "cut");

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void An_absurd_record_length_is_found_at_its_byte(string command)
    {
        byte[] capture = Sample();
        BinaryPrimitives.WriteUInt32LittleEndian(capture.AsSpan(24 + 8), 0x7FFF_FFFF);
        Refused(command, _folder.Write("absurd", capture), 3, "absurd", "byte 24", "packet 1");
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void A_block_length_that_lies_is_found_at_its_byte(string command)
    {
        // A section header, then a block whose length is shorter than a block can be.
        byte[] capture =
        [
            0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 28, 0, 0, 0,
            0x06, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0,
        ];
        Refused(command, _folder.Write("lies", capture), 3, "lies", "byte 28");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_refused()
    {
        // Root reads everything, so another user asks.
        string asAnother = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --clear-groups" : "";
        ProcessRun run = BuiltCommand.Shell(
            $"chmod 755 $(dirname $1); chmod 000 $1; {asAnother} $0 inspect $1", _folder.Write("secret", Sample()));
        Answer.IsRefusal(run, 4, "secret", "permission");
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void A_cut_tail_is_a_warning(string command)
    {
        ProcessRun run = Run(command, _folder.Write("tail", Sample().AsSpan(..^5)));
        Answer.IsSuccess(run);
        string warning = Answer.Lines(run)[0];
        Assert.StartsWith("wiretrue: warning: ", warning, StringComparison.Ordinal);
        Assert.Contains("cut short", warning, StringComparison.Ordinal);
        Assert.Contains("packet 62", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("fix")]
    public void A_cut_tail_is_an_error_when_strict(string command)
    {
        ProcessRun run = Run(command, _folder.Write("tail", Sample().AsSpan(..^5)), "--strict", "-q");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("cut short", Assert.Single(Answer.Lines(run)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_write_to_the_terminal() =>
        Answer.IsRefusal(BuiltCommand.Run("inspect", "/no\n\e[31m/such"), 3, "/no??[31m/such");

    private static byte[] Sample() => File.ReadAllBytes(BuiltCommand.Sample("tcp4.pcap"));

    private void Refused(string command, string input, int exitCode, params string[] words)
    {
        Answer.IsRefusal(Run(command, input), exitCode, words);
        Assert.False(File.Exists(_folder["out"]), "an output was left");
    }

    private ProcessRun Run(string command, string input, params string[] more) =>
        BuiltCommand.Run([command, input, .. command == "fix" ? (string[])["-w", _folder["out"]] : [], .. more]);
}
