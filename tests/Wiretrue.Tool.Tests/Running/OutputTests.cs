using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>Where <c>wiretrue fix</c> writes, where it refuses to, and what is left when it cannot finish.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _input;
    private readonly string _output;

    public OutputTests()
    {
        _input = _folder.Write("in.pcap", File.ReadAllBytes(BuiltCommand.Sample("tcp4.pcap")));
        _output = _folder["out.pcap"];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_output_that_exists_is_kept_without_force()
    {
        File.WriteAllText(_output, "precious");
        Answer.IsRefusal(BuiltCommand.Run("fix", _input, "-w", _output), 2, _output, "-f");
        Assert.Equal("precious", File.ReadAllText(_output));
        Answer.IsSuccess(BuiltCommand.Run("fix", _input, "-w", _output, "-f"));
        Assert.True(new FileInfo(_output).Length > 8);
    }

    [Theory]
    [InlineData("in.pcap")]
    [InlineData("./in.pcap")]
    [InlineData("symbolic")]
    [InlineData("hard")]
    public void The_input_is_never_written_to_by_whatever_name(string name)
    {
        byte[] before = File.ReadAllBytes(_input);
        ProcessRun run = BuiltCommand.Shell("cd $1 && ln -s in.pcap symbolic && ln in.pcap hard && exec $0 fix in.pcap -w $2 -f", _folder.Path, name);
        Answer.IsRefusal(run, 2, "input");
        Assert.Equal(before, File.ReadAllBytes(_input));
    }

    [Fact]
    public void The_folder_of_the_input_is_no_place_for_outputs_of_the_same_name() =>
        Answer.IsRefusal(BuiltCommand.Run("fix", _input, "-o", _folder.Path, "-f"), 2, "input");

    [Theory]
    [InlineData("missing/out.pcap")]
    [InlineData(".")]
    public void An_output_that_cannot_be_is_refused(string name) => Answer.IsRefusal(BuiltCommand.Run("fix", _input, "-w", _folder[name]), 4, name);

    [Fact]
    public void A_file_is_no_folder_for_outputs() => Answer.IsRefusal(BuiltCommand.Run("fix", _input, "-o", _input), 4, _input);

    [Fact]
    public void A_full_disk_is_one_line()
    {
        Answer.IsRefusal(BuiltCommand.Run("fix", _input, "-w", "/dev/full"), 4, "/dev/full", "space");
        ProcessRun run = BuiltCommand.Shell("$0 fix $1 -w - > /dev/full", _input);
        Answer.IsRefusal(run, 4, "space");
    }

    [Fact]
    public void A_full_disk_is_one_line_for_reports_too()
    {
        ProcessRun run = BuiltCommand.Shell("$0 inspect --json $1 > /dev/full", _input);
        Answer.IsRefusal(run, 4, "space");
    }

    [Fact]
    public void Stdin_and_stdout_are_a_pipe()
    {
        Answer.IsSuccess(BuiltCommand.Run("fix", _input, "-w", _output));
        ProcessRun run = BuiltCommand.Shell("cat $1 | $0 fix - -w - | cat", _input);
        Answer.IsSuccess(run);
        Assert.Equal(File.ReadAllBytes(_output), run.Output);
    }

    [Fact]
    public void A_reader_that_goes_away_is_met_with_silence()
    {
        // More than a pipe holds, so that writing is still going on.
        ProcessRun run = BuiltCommand.Shell("$0 fix $1 -w - -q | head -c 100 >/dev/null; exit ${PIPESTATUS[0]}", _input);
        Assert.Equal(141, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_terminal_gets_no_capture()
    {
        ProcessRun run = BuiltCommand.Shell("script -qec \"$0 fix $1 -w -\" /dev/null </dev/null", _input);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("terminal", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compression_goes_by_the_outputs_name()
    {
        Answer.IsSuccess(BuiltCommand.Run("fix", _input, "-w", _output));
        Answer.IsSuccess(BuiltCommand.Run("fix", _input, "-w", _output + ".gz"));
        ProcessRun run = BuiltCommand.Shell("gzip -dc $1", _output + ".gz");
        Assert.Equal(File.ReadAllBytes(_output), run.Output);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_leaves_nothing_half_written(string signal, int exitCode)
    {
        // The input is a pipe that stays open, so the repair waits for more. Job control, since else the shell makes it ignore SIGINT.
        ProcessRun run = BuiltCommand.Shell(
            """
            set -m; cd "$1"; mkfifo pipe; exec 3<>pipe; cat in.pcap >&3 &
            "$0" fix - -w out.pcap <pipe & pid=$!
            for i in $(seq 200); do [ "$(ls -A | wc -l)" -gt 2 ] && break; sleep 0.05; done
            ls -A | grep -q out.pcap || echo "no output was begun"
            kill -"$2" $pid; wait $pid; echo $?
            """,
            _folder.Path,
            signal);
        Assert.Equal($"{exitCode}\n", run.Text);
        Assert.Equal(["in.pcap", "pipe"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_repair_that_takes_its_time_shows_a_bar_on_a_terminal()
    {
        ProcessRun run = BuiltCommand.Shell(
            "script -qec \"sh -c '(cat $1; sleep 1.5) | TERM=xterm-256color $0 fix - -w $2'\" /dev/null </dev/null", _input, _output);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains('━', run.Text);
        Assert.Contains("packets in", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_repair_shows_no_bar()
    {
        ProcessRun run = BuiltCommand.Shell("script -qec \"TERM=xterm-256color $0 fix $1 -w $2\" /dev/null </dev/null", _input, _output);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('━', run.Text);
    }
}
