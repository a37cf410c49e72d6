using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

/// <summary>The parts of <c>struct statx</c> (linux/stat.h) that tell one file from another.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    /// <summary><c>stx_mode</c>: the type in the upper four bits.</summary>
    [FieldOffset(28)]
    public ushort Mode;

    /// <summary><c>stx_ino</c>.</summary>
    [FieldOffset(32)]
    public ulong Inode;

    /// <summary><c>stx_dev_major</c> and <c>stx_dev_minor</c>, side by side.</summary>
    [FieldOffset(136)]
    public ulong Device;
}
