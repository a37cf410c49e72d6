using System.Diagnostics;
using System.Globalization;

namespace Wiretrue.Compare.Repairs;

/// <summary>A process that writes one file.</summary>
internal sealed class ProcessWork(string program, string[] arguments, string output)
{
    /// <summary>Whether the program is on this machine.</summary>
    public bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs it and gives the seconds from its start to its end. The output is new each time, as a user's is.</summary>
    public double Seconds()
    {
        File.Delete(output);
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Check(process);
        return seconds;
    }

    /// <summary>Runs it and gives the most memory that it ever held resident, in MB.</summary>
    /// <remarks>
    /// Read while it runs: the <c>ru_maxrss</c> of a child counts what its parent held between fork and exec. The kernel's VmHWM only grows, so the last
    /// reading, at most a millisecond before the end, is the peak.
    /// </remarks>
    public double PeakMegabytes()
    {
        File.Delete(output);
        using Process process = Process.Start(program, arguments);
        long kilobytes = 0;
        while (!process.WaitForExit(1))
            kilobytes = Math.Max(kilobytes, HighWater(process.Id));
        Check(process);
        return kilobytes * 1024 / 1e6;
    }

    private static long HighWater(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(each => each.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB "), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It ended in between.
        }
    }

    private void Check(Process process)
    {
        if (process.ExitCode != 0 || !File.Exists(output))
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }
}
