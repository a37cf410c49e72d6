using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wiretrue.Checksums;

/// <summary>
/// The Internet checksum: static methods over whole blocks and over sums, and a value that takes its bytes in any number of pieces.
/// </summary>
/// <remarks>
/// RFC 1071. A <i>sum</i> is the folded one's complement sum, not inverted; a <i>checksum</i> is the inverted sum, as a header carries it.
/// Both are big-endian numbers: what the two bytes on the wire read as. Zero and 0xFFFF are the same number in one's complement; the sum
/// of bytes of which any is set is never zero.
/// </remarks>
public partial struct InternetChecksum
{
    /// <summary>Bytes of a checksum on the wire.</summary>
    public const int SizeInBytes = 2;

    /// <summary>The folded one's complement sum of <paramref name="data"/>, not inverted (<c>csum_partial</c>, then folded).</summary>
    /// <remarks>An odd last byte counts as the high one of a word. The sum of no bytes is 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ushort Sum(ReadOnlySpan<byte> data) => OnesComplementSum.FoldToBigEndian(
        OnesComplementSum.Sum(ref MemoryMarshal.GetReference(data), (nuint)data.Length));

    /// <summary>What goes into a checksum field over <paramref name="data"/>: the inverted sum (<c>ip_compute_csum</c>).</summary>
    public static ushort Hash(ReadOnlySpan<byte> data) => (ushort)~Sum(data);

    /// <summary>Writes the checksum of <paramref name="source"/>, two bytes in network order, and returns how many bytes were written.</summary>
    /// <exception cref="ArgumentException">The destination has fewer than two bytes.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!TryHash(source, destination, out int written))
            Throw.DestinationTooShort(nameof(destination), SizeInBytes, destination.Length);
        return written;
    }

    /// <summary>Writes the checksum of <paramref name="source"/>, two bytes in network order, where there is room for it.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten) =>
        TryWrite(Hash(source), destination, out bytesWritten);

    /// <summary>Whether the sum over <paramref name="data"/>, a stored checksum within, is all ones; no bytes, or only zeros, are not.</summary>
    public static bool Verify(ReadOnlySpan<byte> data) => Sum(data) == 0xFFFF;

    /// <summary>Whether <paramref name="data"/> verifies together with what was summed before it, such as a pseudo-header.</summary>
    /// <param name="data">The bytes, the stored checksum among them, starting at an even offset of what is covered.</param>
    /// <param name="sum">The sum of the rest of what is covered.</param>
    public static bool Verify(ReadOnlySpan<byte> data, ushort sum) => Add(Sum(data), sum) == 0xFFFF;

    /// <summary>Copies <paramref name="source"/> to <paramref name="destination"/> and sums it, in one pass (<c>csum_partial_copy</c>).</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="destination">At least as long; what is beyond is left alone. It may overlap the source.</param>
    /// <returns>The sum of the source as it was before the copy.</returns>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ushort CopyAndSum(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < source.Length)
            Throw.DestinationTooShort(nameof(destination), source.Length, destination.Length);
        if (destination.Overlaps(source))
        {
            // The one pass stores some bytes twice, from loads that an overlapping destination would have changed.
            ushort sum = Sum(source);
            source.CopyTo(destination);
            return sum;
        }

        return OnesComplementSum.FoldToBigEndian(OnesComplementSum.CopyAndSum(
            ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination), (nuint)source.Length));
    }

    /// <summary>Sums two sums, with end-around carry (<c>csum16_add</c>).</summary>
    public static ushort Add(ushort a, ushort b)
    {
        uint sum = (uint)a + b;
        return (ushort)(sum + (sum >> 16));
    }

    /// <summary>Takes <paramref name="b"/> out of <paramref name="a"/> (<c>csum16_sub</c>); taking all of it out gives 0xFFFF.</summary>
    public static ushort Subtract(ushort a, ushort b) => Add(a, (ushort)~b);

    /// <summary>Joins the sum of a block to that of the bytes before it (<c>csum_block_add</c>).</summary>
    /// <remarks>
    /// At an odd offset each of the block's bytes is in the other half of its word, so its sum is swapped. The sum has to be folded first:
    /// swapping the lower 16 bits of one that is not yet loses the carries above them.
    /// </remarks>
    /// <param name="sum">The sum of what is before the block.</param>
    /// <param name="blockSum">The block's own sum, made as if it started at offset 0.</param>
    /// <param name="blockOffset">Where the block starts, in bytes from the first one covered; only its lowest bit counts.</param>
    public static ushort Combine(ushort sum, ushort blockSum, long blockOffset) =>
        Add(sum, (blockOffset & 1) == 0 ? blockSum : BinaryPrimitives.ReverseEndianness(blockSum));

    /// <summary>Adds the carries in until 16 bits are left (<c>csum_fold</c> without the inversion).</summary>
    public static ushort Fold(ulong sum) => OnesComplementSum.Fold(sum);

    private static bool TryWrite(ushort checksum, Span<byte> destination, out int bytesWritten)
    {
        bool fits = BinaryPrimitives.TryWriteUInt16BigEndian(destination, checksum);
        bytesWritten = fits ? SizeInBytes : 0;
        return fits;
    }
}
