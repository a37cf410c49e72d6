using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Linux.Interop;

internal static partial class Libc
{
    /// <summary><c>send(2)</c>: bytes taken, or −1 with the errno set.</summary>
    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Send(SafeFileHandle descriptor, ReadOnlySpan<byte> bytes, nuint count, int flags);
}
