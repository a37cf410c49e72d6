using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    internal const short POLLIN = 1;

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int poll(PollDescriptor* descriptors, nuint count, int milliseconds);
}
