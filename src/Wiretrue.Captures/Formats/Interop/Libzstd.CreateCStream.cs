using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>A compressor at the default level, or 0 without memory.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_createCStream")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint CreateCStream();
}
