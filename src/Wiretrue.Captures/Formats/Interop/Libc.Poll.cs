using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libc
{
    /// <summary><c>poll(2)</c>: waits until a descriptor is ready; the timeout is in milliseconds, −1 for none.</summary>
    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);
}
