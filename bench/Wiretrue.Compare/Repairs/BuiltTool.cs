using System.Diagnostics;

namespace Wiretrue.Compare.Repairs;

/// <summary>The command as <c>./wiretrue</c> runs it: the executable of the Release build.</summary>
/// <param name="Executable">Its path.</param>
/// <param name="Sample">The capture of super-frames that comes with the sources.</param>
internal sealed record BuiltTool(string Executable, string Sample)
{
    /// <summary>Brings the build up to date and finds it.</summary>
    public static BuiltTool Locate()
    {
        string root = Checkout.Root;
        var start = new ProcessStartInfo(Path.Combine(root, "wiretrue"), "--version") { RedirectStandardOutput = true, UseShellExecute = false };
        using Process build = Process.Start(start)!;
        build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InvalidOperationException("the command does not build");
        return new BuiltTool(
            Path.Combine(root, "artifacts/bin/Wiretrue.Tool/release/Wiretrue.Tool"),
            Path.Combine(root, "samples/tcp4.pcap"));
    }

    /// <summary>A repair of <paramref name="input"/> as a whole process.</summary>
    public ProcessWork Fix(string input, string output) => new(Executable, ["fix", input, "-w", output, "-f", "-q"], output);
}
