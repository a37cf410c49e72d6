using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

public sealed class UsageTests
{
    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("help.txt", "-h")]
    [InlineData("help-fix.txt", "fix", "--help")]
    [InlineData("help-fix.txt", "--help", "fix")]
    [InlineData("help-fix.txt", "fix", "--wrte", "-w", "--color=red", "-h")]
    [InlineData("help-inspect.txt", "inspect", "-h")]
    [InlineData("help-explain.txt", "explain", "-h")]
    [InlineData("help-features.txt", "features", "-h")]
    [InlineData("help-merge.txt", "merge", "-h")]
    [InlineData("help-encap.txt", "encap", "-h")]
    [InlineData("help-decap.txt", "decap", "-h")]
    public void Help_goes_to_stdout(string expected, params string[] words)
    {
        ProcessRun run = BuiltCommand.Run(words);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        Golden.Matches(expected, run.Text);
        Assert.All(run.Text.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void Help_is_given_even_when_other_words_are_missing() => Answer.IsSuccess(BuiltCommand.Run("fix", "--json", "--help"));

    [Fact]
    public void The_version_is_one_line()
    {
        ProcessRun run = BuiltCommand.Run("--version");
        Answer.IsSuccess(run);
        Assert.Matches(@"^wiretrue \d+\.\d+\.\d+\n$", run.Text);
    }

    [Theory]
    [InlineData("[suggest:4]", "fix --", "--all", "--packet-buffered", "--write")]
    [InlineData("[suggest:8]", "fix --dr", "--dry-run")]
    [InlineData("[suggest:14]", "fix --color al", "always")]
    [InlineData("[suggest:3]", "ins", "inspect")]
    [InlineData("[suggest:12]", "inspect --js", "--json")]
    public void A_shell_can_ask_what_completes_a_word(string directive, string line, params string[] expected)
    {
        ProcessRun run = BuiltCommand.Run(directive, line);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        string[] words = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(words.Distinct(), words);
        Assert.Equal(expected, words.Intersect(expected));
        Assert.True(expected.Length > 1 || words.Length == 1, run.Text);
    }

    [Theory]
    [InlineData("a command is needed")]
    [InlineData("-q stands before the command", "-q", "fix", "a")]
    [InlineData("[diagram] is no directive", "[diagram]", "fix", "a")]
    [InlineData("unknown command fxi; did you mean fix?", "fxi", "a", "-w", "b")]
    [InlineData("unknown command elephant (see wiretrue --help)", "elephant", "-x", "--y")]
    [InlineData("unknown option --hepl; did you mean --help?", "--hepl")]
    [InlineData("unknown option --jsn; did you mean --json? (see wiretrue inspect --help)", "inspect", "a", "--jsn")]
    [InlineData("no input", "inspect")]
    [InlineData("no input", "fix", "-w", "x")]
    [InlineData("no output", "fix", "x")]
    [InlineData("--mtu must be auto or a number", "fix", "x", "-w", "y", "--mtu", "many")]
    [InlineData("--format must be one of pcap, pcapng, not 'snoop'", "fix", "x", "-w", "y", "-F", "snoop")]
    public void A_mistake_is_one_line_on_stderr_and_exit_code_2(string expected, params string[] words) =>
        Answer.IsRefusal(BuiltCommand.Run(words), 2, expected);
}
