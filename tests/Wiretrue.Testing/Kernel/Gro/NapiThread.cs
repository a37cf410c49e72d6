using System.Buffers.Text;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Testing.Kernel.Gro;

/// <summary>
/// The kernel thread that polls an interface (threaded NAPI, Documentation/networking/napi.rst). A thread can be kept from running, as a soft
/// interrupt cannot; and it can be asked how often it ran.
/// </summary>
internal sealed class NapiThread : IDisposable
{
    private readonly SafeFileHandle _status;
    private readonly byte[] _buffer = new byte[8192];

    private NapiThread(int id)
    {
        Id = id;
        _status = File.OpenHandle($"/proc/{id}/status");
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>Has a thread poll the interface from now on. The interface's name must be the only one of its kind on this machine.</summary>
    public static NapiThread Create(string device)
    {
        // /sys shows the interfaces of the namespace that it was mounted in, which is not this one: a mount of our own, while the shell lives.
        string attribute = $"/sys/class/net/{device}/threaded";
        ProcessRun.Must("unshare", "-m", "sh", "-c", $"mount -t sysfs sysfs /sys && echo 1 > {attribute}");
        string name = $"napi/{device}-";
        int? id = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int n) ? n : (int?)null)
            .FirstOrDefault(n => n is not null && NameOf(n.Value).StartsWith(name, StringComparison.Ordinal));
        return new NapiThread(id ?? throw new IOException($"no thread polls {device}"));
    }

    /// <summary>How often it stopped running so far: to wait for work, and because another ran before it.</summary>
    public (long ToWait, long ForOthers) Switches()
    {
        ReadOnlySpan<byte> status = _buffer.AsSpan(0, RandomAccess.Read(_status, _buffer, 0));
        return (Number(status, "\nvoluntary_ctxt_switches:\t"u8), Number(status, "\nnonvoluntary_ctxt_switches:\t"u8));
    }

    /// <inheritdoc/>
    public void Dispose() => _status.Dispose();

    private static long Number(ReadOnlySpan<byte> status, ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(status[(status.IndexOf(name) + name.Length)..], out long number, out _)
            ? number
            : throw new IOException("a thread's status without its context switches");

    private static string NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm");
        }
        catch (IOException)
        {
            // It has ended since.
            return "";
        }
    }
}
