using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

public sealed class ColorTests
{
    private const string Escape = "\e[";

    [Fact]
    public void What_is_redirected_has_no_colour() =>
        Assert.DoesNotContain(Escape, BuiltCommand.Run("inspect", "/does/not/exist").Error, StringComparison.Ordinal);

    [Fact]
    public void Colour_can_be_had_always() =>
        Assert.Contains(Escape, BuiltCommand.Run("inspect", "/does/not/exist", "--color", "always").Error, StringComparison.Ordinal);

    [Fact]
    public void CLICOLOR_FORCE_gives_colour_where_there_is_no_terminal() =>
        Assert.Contains(Escape, BuiltCommand.RunWith("CLICOLOR_FORCE", "1", "inspect", "/does/not/exist").Error, StringComparison.Ordinal);

    [Fact]
    public void A_terminal_gets_colour_and_a_table() => OnTerminal("", run =>
    {
        Assert.Contains(Escape, run.Text, StringComparison.Ordinal);
        Assert.Contains('╭', run.Text);
    });

    [Theory]
    [InlineData("NO_COLOR=1")]
    [InlineData("TERM=dumb")]
    [InlineData("CLICOLOR=0")]
    public void A_terminal_that_wants_none_gets_no_colour(string environment) =>
        OnTerminal(environment, run => Assert.DoesNotContain("\e[3", run.Text, StringComparison.Ordinal));

    [Fact]
    public void Redirected_output_has_no_box()
    {
        ProcessRun run = BuiltCommand.Run("inspect", BuiltCommand.Sample("tcp4.pcap"), "--color=always");
        Answer.IsSuccess(run);
        Assert.All(run.Text, letter => Assert.True(char.IsAscii(letter)));
    }

    // script(1) of util-linux is everywhere; it runs a command on a terminal of its own.
    private static void OnTerminal(string environment, Action<ProcessRun> check)
    {
        ProcessRun run = BuiltCommand.Shell(
            "script -qec \"env TERM=xterm-256color $1 $0 inspect $2\" /dev/null </dev/null", environment, BuiltCommand.Sample("tcp4.pcap"));
        Assert.Equal(0, run.ExitCode);
        check(run);
    }
}
