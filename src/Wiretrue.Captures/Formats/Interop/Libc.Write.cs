using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libc
{
    /// <summary><c>write(2)</c>: bytes taken, or −1 with the errno set.</summary>
    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial nint Write(SafeFileHandle descriptor, byte* bytes, nuint count);
}
