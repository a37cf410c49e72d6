using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Linux.Interop;

internal static partial class Libc
{
    /// <summary><c>socket(2)</c>: a descriptor, or one that is invalid with the errno set.</summary>
    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial SafeFileHandle Socket(int family, int type, int protocol);
}
