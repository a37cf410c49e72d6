using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Linux.Interop;

internal static partial class Libc
{
    /// <summary><c>ioctl(2)</c> with a <c>struct ifreq</c>: −1 with the errno set when it failed.</summary>
    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial int Ioctl(SafeFileHandle descriptor, nuint request, InterfaceRequest* argument);
}
