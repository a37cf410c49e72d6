using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>Frees a decompressor.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_freeDStream")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint FreeDStream(nint stream);
}
