using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    [LibraryImport(Name, SetLastError = true, EntryPoint = "ioctl")]
    internal static partial int ioctl(int fd, nuint request, nint argument);
}
