using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    internal const int AF_PACKET = 17;

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int bind(int fd, byte* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int setsockopt(int fd, int level, int option, int* value, uint length);
}
