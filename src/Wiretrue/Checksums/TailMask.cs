using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wiretrue.Checksums;

/// <summary>
/// Masks for the last vector of a buffer, which is loaded so that it ends where the buffer ends and so overlaps what is summed already.
/// <code>
///   | 64 bytes of 0x00 | 64 bytes of 0xFF |
///             └── a vector of W bytes from 64 - W + rest: its last <i>rest</i> bytes are ones
/// </code>
/// </summary>
internal static class TailMask
{
    private const int Zeros = 64;

    private static ReadOnlySpan<byte> Bytes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>Where a mask for a vector of <paramref name="width"/> bytes starts; <paramref name="rest"/> is at most the width, at most 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte For(nuint width, nuint rest) =>
        ref Unsafe.AddByteOffset(ref MemoryMarshal.GetReference(Bytes), Zeros - width + rest);
}
