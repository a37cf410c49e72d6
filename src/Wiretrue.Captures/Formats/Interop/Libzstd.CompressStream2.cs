using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>Takes input and gives output, both moved on; with <c>ZSTD_e_end</c> (2), 0 once the frame is whole.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_compressStream2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial nuint CompressStream2(nint stream, ZstdOutBuffer* output, ZstdInBuffer* input, int endOperation);
}
