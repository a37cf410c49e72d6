using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>What must hold for every answer of the command.</summary>
internal static class Answer
{
    /// <summary>It failed with this exit code, one line on stderr that holds all of these words, and nothing on stdout.</summary>
    public static void IsRefusal(ProcessRun run, int exitCode, params string[] words)
    {
        Assert.False(run.TimedOut, "took too long");
        Assert.True(exitCode == run.ExitCode, $"exit code {run.ExitCode}, not {exitCode}: {run.Error}");
        Assert.Empty(run.Output);
        string line = Assert.Single(Lines(run));
        Assert.StartsWith("wiretrue: ", line, StringComparison.Ordinal);
        foreach (string word in words)
        {
            Assert.Contains(word, line, StringComparison.Ordinal);
        }
    }

    /// <summary>It succeeded.</summary>
    public static void IsSuccess(ProcessRun run)
    {
        Assert.False(run.TimedOut, "took too long");
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Error}");
    }

    /// <summary>The lines on stderr.</summary>
    public static string[] Lines(ProcessRun run) => run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
