using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

internal static partial class Libzstd
{
    /// <summary>Takes input and gives output, both moved on; 0 at the end of a frame, else a hint of what is missing.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_decompressStream")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial nuint DecompressStream(nint stream, ZstdOutBuffer* output, ZstdInBuffer* input);
}
