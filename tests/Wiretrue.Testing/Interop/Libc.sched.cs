using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    internal const int SCHED_OTHER = 0;
    internal const int SCHED_FIFO = 1;

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int sched_setscheduler(int thread, int policy, int* priority);

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int sched_setaffinity(int thread, nuint size, ulong* mask);

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int sched_getaffinity(int thread, nuint size, ulong* mask);
}
