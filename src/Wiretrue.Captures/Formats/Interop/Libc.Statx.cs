using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libc
{
    /// <summary>
    /// <c>statx(2)</c>: what a path leads to, links followed; 0, or −1 with the errno set. Its layout is the same on every architecture.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial int Statx(int folder, string path, int flags, uint mask, FileStatus* status);
}
