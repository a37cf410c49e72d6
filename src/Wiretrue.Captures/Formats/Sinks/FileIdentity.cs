using Wiretrue.Captures.Formats.Interop;

namespace Wiretrue.Captures.Formats.Sinks;

/// <summary>What a path leads to, links followed: two paths with equal identities are one file.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, int Type)
{
    private const int TypeMask = 0xF000; // S_IFMT
    private const int RegularType = 0x8000; // S_IFREG
    private const int DirectoryType = 0x4000; // S_IFDIR

    public bool IsRegular => Type == RegularType;

    public bool IsDirectory => Type == DirectoryType;

    /// <summary>Null when nothing is there, or it can't be known.</summary>
    public static unsafe FileIdentity? Of(string path)
    {
        FileStatus status;
        return Libc.Statx(Libc.AT_FDCWD, path, 0, Libc.STATX_BASIC_STATS, &status) == 0
            ? new FileIdentity(status.Device, status.Inode, status.Mode & TypeMask)
            : null;
    }
}
