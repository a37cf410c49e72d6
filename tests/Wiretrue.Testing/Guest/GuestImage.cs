using Wiretrue.Testing.Skipping;

namespace Wiretrue.Testing.Guest;

/// <summary>The kernel and initramfs that <c>tests/guest/build</c> makes; <c>./test</c> has it made before it enters a network namespace.</summary>
public static class GuestImage
{
    /// <summary>The emulator: no hardware help is asked for, so it runs wherever the tests do.</summary>
    public const string Emulator = "qemu-system-x86_64";

    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "artifacts", "guest");

    /// <summary>The kernel.</summary>
    public static string Kernel => Path.Combine(Folder, "vmlinuz");

    /// <summary>The initramfs.</summary>
    public static string Initramfs => Path.Combine(Folder, "initramfs.gz");

    /// <summary>Why no guest can be started here; null when one can.</summary>
    public static string? Missing()
    {
        if (Probe.Tools(Emulator) is { } missing)
            return missing;
        return File.Exists(Kernel) && File.Exists(Initramfs) ? null : "no guest kernel: ./test tools has it built, and says why where it cannot";
    }
}
