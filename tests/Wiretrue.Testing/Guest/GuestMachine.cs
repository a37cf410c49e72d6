using System.Diagnostics;
using System.Text;

namespace Wiretrue.Testing.Guest;

/// <summary>
/// Another Linux, emulated: its kernel has the tunnel drivers that the running one lacks. It does what it is told, one shell command after the
/// other, over its serial line.
/// </summary>
public sealed class GuestMachine : IDisposable
{
    private const string Ready = "guest ready";
    private const string Answered = "guest answered ";

    // It lives for this long at the most, so that none is left behind by a test that was killed.
    private const string Lifetime = "300";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private GuestMachine(Process process) => _process = process;

    /// <summary>Starts one, and waits until it listens: some three seconds.</summary>
    /// <param name="ports">Its cards, <c>eth0</c> first; they stay the caller's.</param>
    public static GuestMachine Start(params IReadOnlyList<GuestPort> ports)
    {
        string[] arguments =
        [
            Lifetime, GuestImage.Emulator, "-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", "512", "-display", "none", "-no-reboot",
            "-nodefaults", "-serial", "stdio", "-kernel", GuestImage.Kernel, "-initrd", GuestImage.Initramfs,
            "-append", "console=ttyS0 quiet panic=-1 mitigations=off", .. ports.SelectMany((port, index) => port.Arguments(index)),
        ];
        var start = new ProcessStartInfo("timeout", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var machine = new GuestMachine(Process.Start(start)!);
        try
        {
            machine.ReadTo(Ready, "starting");
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command that must succeed, and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed, or did not end in time: the message has what it printed.</exception>
    public string Run(string command)
    {
        _process.StandardInput.Write(command.ReplaceLineEndings("; ") + "\n");
        _process.StandardInput.Flush();
        string output = ReadTo(Answered, command, out string code);
        return string.Equals(code, "0", StringComparison.Ordinal)
            ? output
            : throw new InvalidOperationException($"in the guest, {command}: exit code {code}: {output}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadTo(string mark, string what) => ReadTo(mark, what, out _);

    private string ReadTo(string mark, string what, out string rest)
    {
        var output = new StringBuilder();
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            string? line;
            try
            {
                line = _process.StandardOutput.ReadLineAsync(limit.Token).AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException e)
            {
                throw new InvalidOperationException($"the guest does not answer: {what}: {output}", e);
            }
            if (line is null)
                throw new InvalidOperationException($"the guest is gone: {what}: {output}");
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                rest = line[mark.Length..];
                return output.ToString().Trim();
            }
            output.Append(line).Append('\n');
        }
    }
}
