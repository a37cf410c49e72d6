using System.Diagnostics;
using System.Text;

namespace Wiretrue.Testing;

/// <summary>What a finished process said.</summary>
/// <param name="ExitCode">Its exit code; -1 when it was killed for taking too long.</param>
/// <param name="Output">Its standard output, as bytes.</param>
/// <param name="Error">Its standard error, as text.</param>
/// <param name="TimedOut">It was killed for taking too long.</param>
public sealed record ProcessRun(int ExitCode, byte[] Output, string Error, bool TimedOut)
{
    /// <summary>How long a process may take when the caller does not say.</summary>
    public static TimeSpan DefaultLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Its standard output as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Runs a program to its end, in bounded time. Never throws for what the program does.</summary>
    public static ProcessRun Run(string program, params string[] arguments) => Run(program, arguments, input: null, DefaultLimit);

    /// <summary>Runs a program to its end, feeding <paramref name="input"/> to its standard input.</summary>
    public static ProcessRun Run(
        string program, IReadOnlyList<string> arguments, byte[]? input, TimeSpan limit, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program);
        Task<byte[]> output = ReadAll(process.StandardOutput.BaseStream);
        Task<byte[]> error = ReadAll(process.StandardError.BaseStream);
        Task feed = Feed(process.StandardInput.BaseStream, input ?? []);
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        Task.WaitAll([output, error, feed], TimeSpan.FromSeconds(10));
        return new ProcessRun(
            ended ? process.ExitCode : -1, Finished(output), Encoding.UTF8.GetString(Finished(error)), !ended);
    }

    /// <summary>Runs a program that must succeed; throws <see cref="InvalidOperationException"/> with what it said when it does not.</summary>
    public static string Must(string program, params string[] arguments)
    {
        ProcessRun run = Run(program, arguments);
        return run.ExitCode == 0
            ? run.Text
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {run.ExitCode}: {run.Error}");
    }

    private static byte[] Finished(Task<byte[]> task) => task.IsCompletedSuccessfully ? task.Result : [];

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).ConfigureAwait(false);
        return all.ToArray();
    }

    private static async Task Feed(Stream stream, byte[] input)
    {
        try
        {
            await stream.WriteAsync(input).ConfigureAwait(false);
            stream.Close();
        }
        catch (IOException)
        {
            // The program did not want all of its input: its affair, and the test's to judge.
        }
    }
}
