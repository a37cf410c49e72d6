using System.Diagnostics;
using System.Globalization;
using Wiretrue.Packets;

namespace Wiretrue.Compare.Segmentation;

/// <summary>
/// DPDK's side, <c>bench/compare-c/dpdk_segmentation.c</c>: a process that stays alive and is told through a pipe what to cut and how
/// often.
/// </summary>
/// <remarks>Between runs it waits for its pipe, so that it takes nothing from whoever else is measured on the same core.</remarks>
internal sealed class DpdkPeer : IDisposable
{
    private readonly Process _process;
    private CutFrames _last;

    private DpdkPeer(Process process) => _process = process;

    /// <summary>Compiles the program and starts it on <paramref name="core"/>; null, with the reason, where that is not possible.</summary>
    /// <param name="root">The folder of the sources.</param>
    /// <param name="core">The processor's number.</param>
    /// <param name="native">
    /// For this processor, which DPDK's checksums are inlined for then; else with the flags that DPDK gives for programs, which name an old one.
    /// </param>
    /// <param name="reason">Why it can't be.</param>
    public static DpdkPeer? TryStart(string root, int core, bool native, out string reason)
    {
        string program = Path.Combine(root, native ? "artifacts/bin/dpdk_segmentation_native" : "artifacts/bin/dpdk_segmentation");
        string source = Path.Combine(root, "bench/compare-c/dpdk_segmentation.c");
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
        return new DpdkPeer(Process.Start(start)!);
    }

    /// <summary>
    /// From now on this is cut. IP fragments, which is what DPDK's library makes of UDP, are of the same size as our datagrams.
    /// </summary>
    public void Take(SuperFrame frame)
    {
        string kind = frame.OuterL3 != 0 ? "vxlan" : (frame.State.GsoType & GsoType.UdpL4) != 0 ? "udp4" : "tcp4";
        int[] numbers = [frame.OuterL2, frame.OuterL3, frame.L2, frame.L3, frame.L4, frame.LongestSegment, frame.Bytes.Length];
        _process.StandardInput.Write($"frame {kind} {string.Join(' ', numbers.Select(Text))}\n");
        _process.StandardInput.Flush();
        _process.StandardInput.BaseStream.Write(frame.Bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>Cuts <paramref name="times"/> times; how long that took, by its own clock.</summary>
    public TimeSpan Run(bool sums, int times)
    {
        _process.StandardInput.Write($"run {(sums ? 1 : 0)} {Text(times)}\n");
        _process.StandardInput.Flush();
        string[] words = _process.StandardOutput.ReadLine()?.Split(' ') ?? throw new InvalidOperationException("DPDK's side has ended.");
        _last = new CutFrames(
            int.Parse(words[1], CultureInfo.InvariantCulture),
            ulong.Parse(words[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return TimeSpan.FromMicroseconds(long.Parse(words[0], CultureInfo.InvariantCulture) / 1000.0);
    }

    /// <summary>What came out of one more turn.</summary>
    public CutFrames Result(bool sums)
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
