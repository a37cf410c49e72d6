using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wiretrue.Checksums;

/// <summary>The one's complement sum in vectors of 256 bits, unfolded, in native byte order.</summary>
/// <remarks>
/// Each 64-bit lane adds whole 64-bit words modulo 2^64 (<i>all</i>) and, apart, their upper halves (<i>high</i>). As the lower halves of
/// fewer than 2^32 words sum to less than 2^64, <c>all - (high &lt;&lt; 32)</c> is exactly their sum: three operations a vector where
/// masking both halves would take four. A buffer has fewer than 2^31 bytes, so 2^28 words, and low + high of all lanes stays below 2^61.
/// <code>
///   word    | high 32 | low 32 |      all  += word        (wraps)
///                                     high += word >> 32  (never wraps)
/// </code>
/// The reference is <see cref="OnesComplementSumReference"/>. But for the width, the classes of all widths are the same text, which a test
/// sees to: a change to one is made to all three.
/// </remarks>
internal static class OnesComplementSum256
{
    private const nuint Width = 32;

    // In shorter buffers the vector more takes longer than the loads and stores that straddle two cache lines.
    private const nuint WorthAligning = 8 * Width;

    /// <summary>Whether this processor runs these vectors in hardware.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>The sum of <paramref name="length"/> bytes, less than 2^61: fold it.</summary>
    /// <remarks>The choice is made where the caller is, so that what it calls has no calls of its own and so no frame to set up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sum(ref byte source, nuint length)
    {
        if (length == Width)
            return SumOne(ref source);
        if (length < Width)
            return OnesComplementSumScalar.Sum(ref source, length);
        if (length <= 2 * Width)
            return SumTwo(ref source, length);
        return length <= 4 * Width ? SumFour(ref source, length) : SumMany(ref source, length);
    }

    /// <summary>Copies <paramref name="length"/> bytes to <paramref name="destination"/>, which does not overlap, and sums them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CopyAndSum(ref byte source, ref byte destination, nuint length)
    {
        if (length - Width <= Width)
            return CopyAndSumTwo(ref source, ref destination, length);
        return length < Width
            ? OnesComplementSumScalar.CopyAndSum(ref source, ref destination, length)
            : CopyAndSumMany(ref source, ref destination, length);
    }

    // Without a last vector to mask, one vector is too short a work to pay for a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SumOne(ref byte source)
    {
        Vector256<ulong> words = Vector256.LoadUnsafe(ref source).AsUInt64();
        return Add(words, words >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong SumTwo(ref byte source, nuint length) => AccumulateTwo<NoCopy>(ref source, ref source, length);

    /// <summary>From two to four vectors: two from the start, and two that end at the even length, masked where they overlap those.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong SumFour(ref byte source, nuint length)
    {
        nuint even = length & ~(nuint)1;
        nuint rest = even - (2 * Width);
        Vector256<ulong> words0 = Vector256.LoadUnsafe(ref source).AsUInt64();
        Vector256<ulong> words1 = Vector256.LoadUnsafe(ref source, Width).AsUInt64();
        Vector256<ulong> words2 = Vector256.LoadUnsafe(ref source, rest).AsUInt64();
        Vector256<ulong> words3 = Vector256.LoadUnsafe(ref source, rest + Width).AsUInt64();
        if (rest != 2 * Width)
        {
            // Four whole vectors overlap nowhere. Loading their masks would only add to what the load units have to do.
            words2 &= Vector256.LoadUnsafe(ref TailMask.For(2 * Width, rest)).AsUInt64();
            words3 &= Vector256.LoadUnsafe(ref TailMask.For(Width, rest)).AsUInt64();
        }

        ulong sum = Add(words0 + words1 + (words2 + words3), (words0 >> 32) + (words1 >> 32) + ((words2 >> 32) + (words3 >> 32)));
        if (even != length)
            sum += OddByte<NoCopy>(ref source, ref source, even);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong SumMany(ref byte source, nuint length) => AlignAndAccumulate<NoCopy>(ref source, ref source, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong CopyAndSumTwo(ref byte source, ref byte destination, nuint length) =>
        AccumulateTwo<CopyTo>(ref source, ref destination, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong CopyAndSumMany(ref byte source, ref byte destination, nuint length) =>
        AlignAndAccumulate<CopyTo>(ref source, ref destination, length);

    /// <summary>From one to two vectors, the second one ending at the even length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AccumulateTwo<TSink>(ref byte source, ref byte destination, nuint length) where TSink : struct, ICopySink
    {
        nuint even = length & ~(nuint)1;
        Vector256<ulong> first = Vector256.LoadUnsafe(ref source).AsUInt64();
        Vector256<ulong> last = Vector256.LoadUnsafe(ref source, even - Width).AsUInt64();
        TSink.Store(ref destination, 0, first);
        TSink.Store(ref destination, even - Width, last);
        last &= Vector256.LoadUnsafe(ref TailMask.For(Width, even - Width)).AsUInt64();
        ulong sum = Add(first + last, (first >> 32) + (last >> 32));
        if (even != length)
            sum += OddByte<TSink>(ref source, ref destination, even);
        return sum;
    }

    /// <summary>More than two vectors; in long buffers the bytes before the destination's first boundary go apart.</summary>
    /// <remarks>
    /// A load or store that straddles two cache lines takes two turns. A sum alone has its source as the destination. The collector may
    /// move the buffers meanwhile: that costs speed alone.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ulong AlignAndAccumulate<TSink>(ref byte source, ref byte destination, nuint length) where TSink : struct, ICopySink
    {
        nuint skip = 0;
        Vector256<ulong> head = default;
        if (length > WorthAligning)
        {
            skip = (0 - (nuint)Unsafe.AsPointer(ref destination)) & (Width - 1);
            head = Vector256.LoadUnsafe(ref source).AsUInt64();
            TSink.Store(ref destination, 0, head);
            head = Vector256.AndNot(head, Vector256.LoadUnsafe(ref TailMask.For(Width, Width - skip)).AsUInt64());
        }

        // Seen from an odd offset every byte is in the other half of its word: the head is swapped to be added to the rest, then all of it
        // back. A rotation by 8 bits does that to a word of any even number of bytes, as 2^16 is 1 in one's complement.
        bool isOdd = (skip & 1) != 0;
        if (isOdd)
            head = (head << 8) | (head >> 56);
        ulong sum = Accumulate<TSink>(
            ref Unsafe.AddByteOffset(ref source, skip), ref Unsafe.AddByteOffset(ref destination, skip), length - skip, head);
        return isOdd ? ((sum >> 32) + (uint)sum) << 8 : sum;
    }

    /// <summary>Any number of bytes from a vector up; <paramref name="head"/> counts as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Accumulate<TSink>(ref byte source, ref byte destination, nuint length, Vector256<ulong> head)
        where TSink : struct, ICopySink
    {
        // Every load below is of bytes that the rest of the length still holds; the last vector ends where the even length does, and
        // starts no earlier than the buffer, which holds a vector at least.
        nuint rest = length & ~(nuint)1;
        Vector256<ulong> all0 = head, all1 = default;
        Vector256<ulong> high0 = head >> 32, high1 = default;

        for (; rest >= 4 * Width; rest -= 4 * Width)
        {
            Step<TSink>(ref source, ref destination, 0, ref all0, ref high0);
            Step<TSink>(ref source, ref destination, Width, ref all1, ref high1);
            Step<TSink>(ref source, ref destination, 2 * Width, ref all0, ref high0);
            Step<TSink>(ref source, ref destination, 3 * Width, ref all1, ref high1);
            source = ref Unsafe.AddByteOffset(ref source, 4 * Width);
            destination = ref Unsafe.AddByteOffset(ref destination, 4 * Width);
        }

        for (; rest >= Width; rest -= Width)
        {
            Step<TSink>(ref source, ref destination, 0, ref all0, ref high0);
            source = ref Unsafe.AddByteOffset(ref source, Width);
            destination = ref Unsafe.AddByteOffset(ref destination, Width);
        }

        if (rest != 0)
        {
            // Starting at an even offset keeps each byte in its half of a word; bytes summed already are masked, and stored once more.
            Vector256<ulong> last = Vector256.LoadUnsafe(ref source, rest - Width).AsUInt64();
            TSink.Store(ref destination, rest - Width, last);
            last &= Vector256.LoadUnsafe(ref TailMask.For(Width, rest)).AsUInt64();
            all1 += last;
            high1 += last >> 32;
        }

        ulong sum = Add(all0 + all1, high0 + high1);
        if ((length & 1) != 0)
            sum += OddByte<TSink>(ref source, ref destination, rest);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TSink>(
        ref byte source, ref byte destination, nuint offset, ref Vector256<ulong> all, ref Vector256<ulong> high) where TSink : struct, ICopySink
    {
        Vector256<ulong> words = Vector256.LoadUnsafe(ref source, offset).AsUInt64();
        TSink.Store(ref destination, offset, words);
        all += words;
        high += words >> 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(Vector256<ulong> all, Vector256<ulong> high) => Vector256.Sum(all - (high << 32) + high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OddByte<TSink>(ref byte source, ref byte destination, nuint offset) where TSink : struct, ICopySink
    {
        byte value = Unsafe.AddByteOffset(ref source, offset);
        TSink.Store(ref destination, offset, value);
        return NativeOrder.LastByte(value);
    }
}
