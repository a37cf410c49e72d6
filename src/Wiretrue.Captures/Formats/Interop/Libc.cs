namespace Wiretrue.Captures.Formats.Interop;

/// <summary>The few calls and constants of the C library that the base library has no equal for (Linux).</summary>
internal static partial class Libc
{
    /// <summary>A signal came first (errno.h).</summary>
    public const int EINTR = 4;

    /// <summary>The descriptor is non-blocking, and full (errno.h).</summary>
    public const int EAGAIN = 11;

    /// <summary>Ready to be written to (poll.h).</summary>
    public const short POLLOUT = 4;

    /// <summary>Paths are taken from the working directory (fcntl.h).</summary>
    public const int AT_FDCWD = -100;

    /// <summary>Type, mode, device, inode and the rest of what stat(2) gives (linux/stat.h).</summary>
    public const uint STATX_BASIC_STATS = 0x7FF;

    private const string Library = "libc";
}
