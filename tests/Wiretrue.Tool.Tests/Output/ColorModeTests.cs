using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Tests.Output;

public sealed class ColorModeTests
{
    [Theory]
    [InlineData("always", false, "NO_COLOR=1", true)]
    [InlineData("never", true, "CLICOLOR_FORCE=1", false)]
    [InlineData("auto", true, "", true)]
    [InlineData("auto", false, "", false)]
    [InlineData("auto", true, "NO_COLOR=1", false)]
    [InlineData("auto", true, "NO_COLOR=", true)]
    [InlineData("auto", true, "NO_COLOR=1 CLICOLOR_FORCE=1", false)]
    [InlineData("auto", false, "CLICOLOR_FORCE=1", true)]
    [InlineData("auto", false, "CLICOLOR_FORCE=0", false)]
    [InlineData("auto", true, "CLICOLOR=0", false)]
    [InlineData("auto", false, "CLICOLOR=1", false)]
    [InlineData("auto", true, "CLICOLOR=0 CLICOLOR_FORCE=1", true)]
    [InlineData("auto", true, "TERM=dumb", false)]
    [InlineData("auto", true, "TERM=xterm", true)]
    public void Option_environment_and_terminal_decide_in_this_order(string option, bool isTerminal, string environment, bool expected)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split('='))
            .ToDictionary(each => each[0], each => each[1], StringComparer.Ordinal);
        Assert.Equal(expected, ColorMode.IsOn(option, isTerminal, variables.GetValueOrDefault));
    }
}
