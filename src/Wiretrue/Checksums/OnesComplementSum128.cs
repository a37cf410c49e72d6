using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wiretrue.Checksums;

/// <summary>The one's complement sum in vectors of 128 bits, unfolded, in native byte order.</summary>
/// <remarks>
/// Each 64-bit lane adds whole 64-bit words modulo 2^64 (<i>all</i>) and, apart, their upper halves (<i>high</i>). As the lower halves of
/// fewer than 2^32 words sum to less than 2^64, <c>all - (high &lt;&lt; 32)</c> is exactly their sum: three operations a vector where
/// masking both halves would take four. A buffer has fewer than 2^31 bytes, so 2^28 words, and low + high of all lanes stays below 2^61.
/// <code>
///   word    | high 32 | low 32 |      all  += word        (wraps)
///                                     high += word >> 32  (never wraps)
/// </code>
/// The scalar reference is <see cref="OnesComplementSumReference"/>.
/// </remarks>
internal static class OnesComplementSum128
{
    private const nuint Width = 16;

    /// <summary>Whether this processor runs these vectors in hardware.</summary>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <summary>The sum of <paramref name="length"/> bytes, less than 2^61: fold it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Sum(ref byte source, nuint length) =>
        length < Width ? OnesComplementSumScalar.Sum(ref source, length) : Accumulate<NoCopy>(ref source, ref source, length);

    /// <summary>Copies <paramref name="length"/> bytes to <paramref name="destination"/>, which does not overlap, and sums them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong CopyAndSum(ref byte source, ref byte destination, nuint length) => length < Width
        ? OnesComplementSumScalar.CopyAndSum(ref source, ref destination, length)
        : Accumulate<CopyTo>(ref source, ref destination, length);

    // Every offset below is at most length - Width: the loops compare what is left, and the last vector ends at the even length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Accumulate<TSink>(ref byte source, ref byte destination, nuint length) where TSink : struct, ICopySink
    {
        nuint even = length & ~(nuint)1;
        nuint offset = 0;
        Vector128<ulong> all0 = default, all1 = default, all2 = default, all3 = default;
        Vector128<ulong> high0 = default, high1 = default, high2 = default, high3 = default;

        for (; even - offset >= 4 * Width; offset += 4 * Width)
        {
            Add<TSink>(ref source, ref destination, offset, ref all0, ref high0);
            Add<TSink>(ref source, ref destination, offset + Width, ref all1, ref high1);
            Add<TSink>(ref source, ref destination, offset + (2 * Width), ref all2, ref high2);
            Add<TSink>(ref source, ref destination, offset + (3 * Width), ref all3, ref high3);
        }

        for (; even - offset >= Width; offset += Width)
            Add<TSink>(ref source, ref destination, offset, ref all0, ref high0);

        nuint rest = even - offset;
        if (rest != 0)
        {
            // Starting at an even offset keeps each byte in its half of a word; bytes summed already are masked, and stored once more.
            Vector128<ulong> last = Vector128.LoadUnsafe(ref source, even - Width).AsUInt64();
            TSink.Store(ref destination, even - Width, last);
            last &= Vector128.LoadUnsafe(ref TailMask.For(Width, rest)).AsUInt64();
            all1 += last;
            high1 += last >> 32;
        }

        Vector128<ulong> all = all0 + all1 + (all2 + all3);
        Vector128<ulong> high = high0 + high1 + (high2 + high3);
        ulong sum = Vector128.Sum(all - (high << 32) + high);
        if (even != length)
        {
            byte value = Unsafe.AddByteOffset(ref source, even);
            TSink.Store(ref destination, even, value);
            sum += NativeOrder.LastByte(value);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSink>(
        ref byte source, ref byte destination, nuint offset, ref Vector128<ulong> all, ref Vector128<ulong> high) where TSink : struct, ICopySink
    {
        Vector128<ulong> words = Vector128.LoadUnsafe(ref source, offset).AsUInt64();
        TSink.Store(ref destination, offset, words);
        all += words;
        high += words >> 32;
    }
}
