using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint write(int fd, byte* buffer, nuint count);
}
