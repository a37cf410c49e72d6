using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>Frees a compressor.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_freeCStream")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint FreeCStream(nint stream);
}
