using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wiretrue.Checksums;

/// <summary>Masks for vectors at the end of a buffer, which are loaded so that they end where it ends and so overlap what is summed already.</summary>
/// <remarks>
/// <code>
///   buffer   | summed already        | rest |        table   | 128 bytes of 0x00 | 128 bytes of 0xFF |
///                        | last vector      |                            | its mask         |
///                        |&lt;- before - rest -&gt;|                            |&lt;- before - rest -&gt;|
/// </code>
/// </remarks>
internal static class TailMask
{
    private const int Zeros = 128;

    private static ReadOnlySpan<byte> Bytes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>Where to load the mask of a vector that starts <paramref name="before"/> bytes before the first byte not summed yet.</summary>
    /// <param name="before">At most 128.</param>
    /// <param name="rest">
    /// How far the vector is moved from there: at most 128, and at most so far that the vector ends 128 bytes behind that byte.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte For(nuint before, nuint rest) =>
        ref Unsafe.AddByteOffset(ref MemoryMarshal.GetReference(Bytes), Zeros - before + rest);
}
