using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Captures.Tests.Formats.Sinks;

/// <summary><c>open(2)</c>, for flags that the base library can't be told.</summary>
internal static partial class LibcOpen
{
    public static SafeFileHandle Open(string path, int flags)
    {
        SafeFileHandle handle = OpenRaw(path, flags);
        Assert.False(handle.IsInvalid, path);
        return handle;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenRaw(string path, int flags);
}
