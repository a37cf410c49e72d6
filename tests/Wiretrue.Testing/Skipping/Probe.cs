using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Kernel.Gro;

namespace Wiretrue.Testing.Skipping;

/// <summary>Looks for what a test needs; each answer is null when it is there, else why the test is skipped.</summary>
public static class Probe
{
    private static readonly Lazy<string?> TapAnswer = new(TryTap);
    private static readonly Lazy<string?> BpfAnswer = new(TryBpf);
    private static readonly Lazy<string?> GroAnswer = new(TryGro);

    /// <summary>The shared captures.</summary>
    public static string? Corpus() =>
        Testing.Corpus.IsPresent ? null : $"no captures in {Testing.Corpus.Folder} (set WIRETRUE_CORPUS)";

    /// <summary>Programs on the path.</summary>
    public static string? Tools(params IEnumerable<string> tools)
    {
        string[] missing = [.. tools.Where(t => Find(t) is null)];
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)}";
    }

    /// <summary>Root in a network namespace made for the tests. Only <c>./test</c> knows that it made one, and says so in WIRETRUE_NETNS.</summary>
    public static string? Namespace()
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("WIRETRUE_NETNS"), "1", StringComparison.Ordinal))
            return "not in a network namespace of its own (./test makes one with unshare -n and sets WIRETRUE_NETNS=1)";
        return Environment.IsPrivilegedProcess ? Tools("ip") : "not root";
    }

    /// <summary>TAP devices with virtio-net headers, and tc's redirection between them.</summary>
    public static string? Tap() => TapAnswer.Value;

    /// <summary>Programs of one's own on what an interface receives, attached without tc (Linux 6.6).</summary>
    public static string? Bpf() => BpfAnswer.Value;

    /// <summary>Coalescing that can be asked: polls by threads (Linux 5.12), real-time threads, programs that read the kernel's notes, BTF.</summary>
    public static string? Gro() => GroAnswer.Value;

    /// <summary>The full path of a program, or null.</summary>
    public static string? Find(string tool) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    private static string? TryTap()
    {
        if (Tools("tc") is { } missing)
            return missing;
        if (!File.Exists("/dev/net/tun"))
            return "no /dev/net/tun";
        try
        {
            using var pair = TapPair.Create("probe");
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return $"this kernel gives no TAP pair: {e.Message}";
        }
    }

    private static string? TryBpf()
    {
        try
        {
            using var route = EncapsulationRoute.Create("probe");
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return $"this kernel runs no eBPF program on what an interface receives: {e.Message}";
        }
    }

    private static string? TryGro()
    {
        if (Tools("unshare", "mount") is { } missing)
            return missing;
        if (!File.Exists("/sys/kernel/btf/vmlinux"))
            return "this kernel says nothing of its structures: no /sys/kernel/btf/vmlinux";
        try
        {
            using var route = GroRoute.Create();
            return route.Receive([new byte[60]]).Count == 1 ? null : "this kernel hands up no frame that a TAP device was polled for";
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return $"this kernel's coalescing cannot be asked: {e.Message}";
        }
    }
}
