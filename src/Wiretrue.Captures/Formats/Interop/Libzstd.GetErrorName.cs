using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>A static, zero-terminated string that says what an error is.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_getErrorName")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial byte* GetErrorName(nuint result);
}
