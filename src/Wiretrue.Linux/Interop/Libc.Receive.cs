using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Linux.Interop;

internal static partial class Libc
{
    /// <summary><c>recv(2)</c>: bytes given, or −1 with the errno set.</summary>
    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Receive(SafeFileHandle descriptor, Span<byte> bytes, nuint count, int flags);
}
