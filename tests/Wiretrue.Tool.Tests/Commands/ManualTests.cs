using Wiretrue.Testing;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

/// <summary>The manual page and the command know the same options and exit codes.</summary>
public sealed class ManualTests
{
    private static readonly string Manual = File.ReadAllText(RepositoryRoot.Combine("docs", "wiretrue.1"));

    [Fact]
    public void Every_option_is_in_the_manual()
    {
        foreach (Option option in FixOptions.List.Concat(InspectOptions.List))
        {
            Assert.Contains(Escaped("--" + option.Long), Manual, StringComparison.Ordinal);
            if (option.Short != '\0')
            {
                Assert.Contains(Escaped("-" + option.Short), Manual, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_option_in_the_manual_is_one()
    {
        var known = FixOptions.List.Concat(InspectOptions.List).Select(each => Escaped("--" + each.Long)).Append(Escaped("--version")).ToHashSet();
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
