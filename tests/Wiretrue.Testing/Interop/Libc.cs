namespace Wiretrue.Testing.Interop;

/// <summary>The few C library calls that tests need, one import per file, by their C names.</summary>
internal static partial class Libc
{
    internal const string Name = "libc";

    internal const int O_RDWR = 0x2;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int EAGAIN = 11;

    /// <summary>What went wrong, as an exception that names the call and the error.</summary>
    internal static IOException Failed(string call)
    {
        int errno = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        return new IOException($"{call}: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})");
    }
}
