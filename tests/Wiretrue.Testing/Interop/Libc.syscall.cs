using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

internal static partial class Libc
{
    /// <summary>The number of <c>bpf(2)</c>, which the C library has no function for.</summary>
    internal static nint SYS_bpf => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280;

    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint syscall(nint number, nint command, byte* attributes, nuint size);
}
