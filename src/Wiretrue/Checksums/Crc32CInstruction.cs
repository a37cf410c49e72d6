using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Arm = System.Runtime.Intrinsics.Arm;

namespace Wiretrue.Checksums;

/// <summary>CRC32c by the processor's own instruction (<c>crc32</c> of SSE4.2, <c>crc32cx</c> of ARMv8), eight bytes at a time.</summary>
/// <remarks>Each step waits for the one before it: three cycles for eight bytes. The reference is <see cref="Crc32CReference"/>.</remarks>
internal static class Crc32CInstruction
{
    /// <summary>Whether this processor has the instruction; without it each step would be a lookup for each byte.</summary>
    public static bool IsSupported => Sse42.X64.IsSupported || Arm.Crc32.Arm64.IsSupported;

    /// <summary>The state, not inverted, after <paramref name="length"/> bytes.</summary>
    // Each read is of a size that what is left of the length still holds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Update(uint state, ref byte source, nuint length)
    {
        nuint offset = 0;
        for (; length - offset >= 8; offset += 8)
            state = BitOperations.Crc32C(state, Read<ulong>(ref source, offset));
        if ((length & 4) != 0)
        {
            state = BitOperations.Crc32C(state, Read<uint>(ref source, offset));
            offset += 4;
        }

        if ((length & 2) != 0)
        {
            state = BitOperations.Crc32C(state, Read<ushort>(ref source, offset));
            offset += 2;
        }

        return (length & 1) != 0 ? BitOperations.Crc32C(state, Read<byte>(ref source, offset)) : state;
    }

    // Both processors that have the instruction are little-endian here, which is the order that it takes bytes in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte source, nuint offset) where T : unmanaged =>
        Unsafe.ReadUnaligned<T>(ref Unsafe.AddByteOffset(ref source, offset));
}
