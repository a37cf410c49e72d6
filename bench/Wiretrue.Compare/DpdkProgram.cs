using System.Diagnostics;
using System.Globalization;

namespace Wiretrue.Compare;

/// <summary>
/// A program of <c>bench/compare-c</c> that works with DPDK: a process that stays alive and is told through a pipe what to do and how often.
/// </summary>
/// <remarks>Between runs it waits for its pipe, so that it takes nothing from whoever else is measured on the same core.</remarks>
internal sealed class DpdkProgram : IDisposable
{
    private readonly Process _process;
    private MadeFrames _last;

    private DpdkProgram(Process process) => _process = process;

    /// <summary>Compiles the program and starts it on <paramref name="core"/>; null, with the reason, where that is not possible.</summary>
    /// <param name="name">Its source's, without the extension.</param>
    /// <param name="core">The processor's number.</param>
    /// <param name="native">
    /// For this processor, which DPDK's checksums are inlined for then; else with the flags that DPDK gives for programs, which name an old one.
    /// </param>
    /// <param name="reason">Why it can't be.</param>
    public static DpdkProgram? TryStart(string name, int core, bool native, out string reason)
    {
        string program = Path.Combine(Checkout.Root, "artifacts/bin", native ? name + "_native" : name);
        string source = Path.Combine(Checkout.Root, "bench/compare-c", name + ".c");
        string flags = $"-O3 $(pkg-config --cflags libdpdk) {(native ? "-march=native" : "")} -DALLOW_EXPERIMENTAL_API";
        string build = $"gcc {flags} -o '{program}' '{source}' $(pkg-config --libs libdpdk)";
        if (!Succeeds("pkg-config --exists libdpdk && command -v gcc", out _))
        {
            reason = "gcc, pkg-config and libdpdk (on Debian: gcc pkg-config dpdk-dev) are not all installed";
            return null;
        }

        if (!Succeeds(build, out string errors))
        {
            reason = $"the peer does not compile: {errors}";
            return null;
        }

        var start = new ProcessStartInfo("taskset")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-c", Text(core), program,
            "-l", Text(core), "--no-huge", "-m", "256", "--no-pci", "--no-telemetry", "--no-shconf", "--log-level=error",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        reason = "";
        return new DpdkProgram(Process.Start(start)!);
    }

    /// <summary>Gives it a line and the bytes that belong to it.</summary>
    /// <param name="words">The line's words: a command, and numbers.</param>
    /// <param name="bytes">What follows the line.</param>
    public void Tell(ReadOnlySpan<object> words, IEnumerable<byte[]> bytes)
    {
        Stream pipe = _process.StandardInput.BaseStream;
        _process.StandardInput.Write($"{string.Join(' ', words.ToArray().Select(word => Convert.ToString(word, CultureInfo.InvariantCulture)))}\n");
        _process.StandardInput.Flush();
        foreach (byte[] each in bytes)
            pipe.Write(each);
        pipe.Flush();
    }

    /// <summary>Does its work <paramref name="times"/> times; how long that took, by its own clock.</summary>
    public TimeSpan Run(bool sums, int times)
    {
        Tell(["run", sums ? 1 : 0, times], []);
        string[] words = _process.StandardOutput.ReadLine()?.Split(' ') ?? throw new InvalidOperationException("DPDK's side has ended.");
        _last = new MadeFrames(
            int.Parse(words[1], CultureInfo.InvariantCulture),
            ulong.Parse(words[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return TimeSpan.FromMicroseconds(long.Parse(words[0], CultureInfo.InvariantCulture) / 1000.0);
    }

    /// <summary>What came out of one more turn.</summary>
    public MadeFrames Result(bool sums)
    {
        Run(sums, 1);
        return _last;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Succeeds(string script, out string errors)
    {
        var start = new ProcessStartInfo("sh", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
