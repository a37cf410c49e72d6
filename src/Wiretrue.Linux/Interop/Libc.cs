namespace Wiretrue.Linux.Interop;

/// <summary>The few calls and constants of the C library that tell of network devices, by their C names; one import per file.</summary>
internal static partial class Libc
{
    /// <summary>Errors (errno.h).</summary>
    public const int EPERM = 1, EINTR = 4, ENXIO = 6, EACCES = 13, ENODEV = 19, ENOTTY = 25, EOPNOTSUPP = 95, EAFNOSUPPORT = 97;

    /// <summary>Families, types and flags of sockets (sys/socket.h).</summary>
    public const int AF_INET = 2, AF_NETLINK = 16, SOCK_DGRAM = 2, SOCK_RAW = 3, SOCK_CLOEXEC = 0x80000;

    /// <summary>Routes, links and addresses (linux/netlink.h).</summary>
    public const int NETLINK_ROUTE = 0;

    /// <summary>With <c>recv(2)</c>: the message's whole length is the answer, however much of it fits (sys/socket.h).</summary>
    public const int MSG_TRUNC = 0x20;

    /// <summary>With <c>recv(2)</c>: the message stays where it is (sys/socket.h).</summary>
    public const int MSG_PEEK = 2;

    private const string Library = "libc";
}
