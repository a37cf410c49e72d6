using System.Text.Json;
using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>The command, run as a user runs it: a process of its own.</summary>
public static class WiretrueCommand
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Wiretrue.Tool.dll");

    /// <summary>Runs it to its end, within a minute.</summary>
    public static ProcessRun Run(params string[] arguments) => ProcessRun.Run("dotnet", [Assembly, .. arguments]);

    /// <summary>Runs <c>fix</c>; fails the test when it fails.</summary>
    public static void Fix(string input, string output, params string[] options)
    {
        ProcessRun run = Run(["fix", input, "-w", output, "-f", "-q", .. options]);
        Assert.True(run.ExitCode == 0, $"fix {input}: exit code {run.ExitCode}: {run.Error}");
    }

    /// <summary>What <c>inspect --json</c> says of a capture.</summary>
    public static JsonElement Inspect(string input)
    {
        ProcessRun run = Run("inspect", input, "--json");
        Assert.True(run.ExitCode == 0, $"inspect {input}: exit code {run.ExitCode}: {run.Error}");
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }
}
