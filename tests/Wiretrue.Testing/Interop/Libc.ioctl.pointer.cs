using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    [LibraryImport(Name, SetLastError = true, EntryPoint = "ioctl")]
    internal static unsafe partial int ioctl(int fd, nuint request, byte* argument);
}
