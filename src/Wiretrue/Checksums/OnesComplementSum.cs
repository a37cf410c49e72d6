using System.Runtime.CompilerServices;

namespace Wiretrue.Checksums;

/// <summary>Picks the widest implementation of the one's complement sum that this processor has.</summary>
/// <remarks>Every condition is a constant to the JIT: what is left of each method is one call.</remarks>
internal static class OnesComplementSum
{
    /// <summary>The unfolded sum in native byte order, less than 2^61.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sum(ref byte source, nuint length)
    {
        if (OnesComplementSum512.IsSupported)
            return OnesComplementSum512.Sum(ref source, length);
        if (OnesComplementSum256.IsSupported)
            return OnesComplementSum256.Sum(ref source, length);
        if (OnesComplementSum128.IsSupported)
            return OnesComplementSum128.Sum(ref source, length);
        return OnesComplementSumScalar.Sum(ref source, length);
    }

    /// <summary>Copies to <paramref name="destination"/>, which does not overlap, and gives the unfolded sum in native byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CopyAndSum(ref byte source, ref byte destination, nuint length)
    {
        if (OnesComplementSum512.IsSupported)
            return OnesComplementSum512.CopyAndSum(ref source, ref destination, length);
        if (OnesComplementSum256.IsSupported)
            return OnesComplementSum256.CopyAndSum(ref source, ref destination, length);
        if (OnesComplementSum128.IsSupported)
            return OnesComplementSum128.CopyAndSum(ref source, ref destination, length);
        return OnesComplementSumScalar.CopyAndSum(ref source, ref destination, length);
    }

    /// <summary>Folds a sum to 16 bits with end-around carry, in whatever byte order the sum is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Fold(ulong sum) => (ushort)(FoldToUpperHalf(sum) >> 16);

    /// <inheritdoc cref="Fold(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Fold(uint sum) => (ushort)((sum + uint.RotateRight(sum, 16)) >> 16);

    /// <summary>Folds a sum of native words to 16 bits, as a big-endian number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort FoldToBigEndian(ulong sum) => NativeOrder.UpperHalfToBigEndian(FoldToUpperHalf(sum));

    /// <summary>The folded sum in the upper half of the result; the lower half is of no use.</summary>
    /// <remarks>
    /// Adding a number to itself with its halves exchanged leaves, in the upper half, the sum of both halves and the carry of the lower
    /// addition, which is the carry that goes around. Nothing but zero folds to zero.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FoldToUpperHalf(ulong sum)
    {
        sum += ulong.RotateRight(sum, 32);
        uint half = (uint)(sum >> 32);
        return half + uint.RotateRight(half, 16);
    }
}
