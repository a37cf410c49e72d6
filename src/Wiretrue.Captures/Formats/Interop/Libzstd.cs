using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

/// <summary>
/// The parts of libzstd that streaming needs (zstd.h). Sizes are <c>size_t</c>; a result is an error when <see cref="IsError"/> says so.
/// </summary>
internal static partial class Libzstd
{
    private const string Library = "libzstd.so.1";

    /// <summary>The library is installed, and can be loaded.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, typeof(Libzstd).Assembly, null, out _);

    /// <summary>What <c>ZSTD_getErrorName</c> says of a result.</summary>
    public static unsafe string ErrorName(nuint result) => Marshal.PtrToStringUTF8((nint)GetErrorName(result)) ?? "unknown error";

    public static bool IsError(nuint result) => IsErrorCode(result) != 0;
}
