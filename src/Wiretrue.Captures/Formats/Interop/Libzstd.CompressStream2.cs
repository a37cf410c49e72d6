using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>Takes input and gives output, both moved on; 0 once all that the directive asks for has come out.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_compressStream2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial nuint CompressStream2(nint stream, ZstdOutBuffer* output, ZstdInBuffer* input, int endOperation);
}
