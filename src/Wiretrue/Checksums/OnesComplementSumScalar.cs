using System.Runtime.CompilerServices;

namespace Wiretrue.Checksums;

/// <summary>The one's complement sum in 64-bit registers, unfolded, in native byte order: short buffers, and processors without vectors.</summary>
/// <remarks>
/// The two halves of each 64-bit word go to accumulators of their own, so that no carry is ever lost: fewer than 2^28 words of less than
/// 2^32 stay below 2^60 in each, below 2^61 together. The reference is <see cref="OnesComplementSumReference"/>.
/// </remarks>
internal static class OnesComplementSumScalar
{
    /// <summary>The sum of <paramref name="length"/> bytes, less than 2^61: fold it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static ulong Sum(ref byte source, nuint length) => Accumulate<NoCopy>(ref source, ref source, length);

    /// <summary>Copies <paramref name="length"/> bytes to <paramref name="destination"/>, which does not overlap, and sums them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static ulong CopyAndSum(ref byte source, ref byte destination, nuint length) =>
        Accumulate<CopyTo>(ref source, ref destination, length);

    // Each read is of a size that what is left of the length still holds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Accumulate<TSink>(ref byte source, ref byte destination, nuint length) where TSink : struct, ICopySink
    {
        ulong low = 0, high = 0;
        nuint offset = 0;
        for (; length - offset >= 32; offset += 32)
        {
            ulong word0 = Read<ulong, TSink>(ref source, ref destination, offset);
            ulong word1 = Read<ulong, TSink>(ref source, ref destination, offset + 8);
            ulong word2 = Read<ulong, TSink>(ref source, ref destination, offset + 16);
            ulong word3 = Read<ulong, TSink>(ref source, ref destination, offset + 24);
            low += (ulong)(uint)word0 + (uint)word1 + ((ulong)(uint)word2 + (uint)word3);
            high += (word0 >> 32) + (word1 >> 32) + ((word2 >> 32) + (word3 >> 32));
        }

        if ((length & 16) != 0)
        {
            ulong word0 = Read<ulong, TSink>(ref source, ref destination, offset);
            ulong word1 = Read<ulong, TSink>(ref source, ref destination, offset + 8);
            low += (ulong)(uint)word0 + (uint)word1;
            high += (word0 >> 32) + (word1 >> 32);
            offset += 16;
        }

        if ((length & 8) != 0)
        {
            ulong word = Read<ulong, TSink>(ref source, ref destination, offset);
            low += (uint)word;
            high += word >> 32;
            offset += 8;
        }

        if ((length & 4) != 0)
        {
            low += Read<uint, TSink>(ref source, ref destination, offset);
            offset += 4;
        }

        if ((length & 2) != 0)
        {
            low += Read<ushort, TSink>(ref source, ref destination, offset);
            offset += 2;
        }

        if ((length & 1) != 0)
            high += NativeOrder.LastByte(Read<byte, TSink>(ref source, ref destination, offset));
        return low + high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T, TSink>(ref byte source, ref byte destination, nuint offset) where T : unmanaged where TSink : struct, ICopySink
    {
        T value = Unsafe.ReadUnaligned<T>(ref Unsafe.AddByteOffset(ref source, offset));
        TSink.Store(ref destination, offset, value);
        return value;
    }
}
