using System.CommandLine;
using Wiretrue.Testing;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

/// <summary>The manual page and the command know the same options and exit codes.</summary>
public sealed class ManualTests
{
    private static readonly string Manual = File.ReadAllText(RepositoryRoot.Combine("docs", "wiretrue.1"));

    private static readonly Option[] Options = [.. new FixCommand().Options, .. new InspectCommand().Options, .. new ExplainCommand().Options, .. new FeaturesCommand().Options, .. new MergeCommand().Options, .. new EncapCommand().Options, .. new DecapCommand().Options];

    [Fact]
    public void Every_option_is_in_the_manual()
    {
        foreach (Option option in Options)
        {
            Assert.Contains(Escaped(option.Name), Manual, StringComparison.Ordinal);
            Assert.All(option.Aliases, letter => Assert.Contains(Escaped(letter), Manual, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_option_in_the_manual_is_one()
    {
        var known = Options.Select(each => Escaped(each.Name)).Append(Escaped("--version")).ToHashSet();
        foreach (string word in Manual.Split(' ', '\n', '"').Where(word => word.StartsWith(@"\-\-", StringComparison.Ordinal)))
        {
            Assert.Contains(word, known);
        }
    }

    [Theory]
    [InlineData(ExitCode.Success)]
    [InlineData(ExitCode.Usage)]
    [InlineData(ExitCode.BadInput)]
    [InlineData(ExitCode.Refused)]
    [InlineData(ExitCode.Interrupted)]
    [InlineData(ExitCode.BrokenPipe)]
    [InlineData(ExitCode.Terminated)]
    public void Every_exit_code_is_in_the_manual_and_the_readme(int code)
    {
        Assert.Contains($".B {code}\n", Manual, StringComparison.Ordinal);
        Assert.Matches($@"\n\|[ 0-9,]*\b{code}\b[ 0-9,]*\|", File.ReadAllText(RepositoryRoot.Combine("README.md")));
    }

    // In a manual page a hyphen that is to be typed is written with a backslash.
    private static string Escaped(string option) => option.Replace("-", @"\-", StringComparison.Ordinal);
}
