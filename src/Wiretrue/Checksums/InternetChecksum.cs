using System.Buffers.Binary;

namespace Wiretrue.Checksums;

/// <summary>The Internet checksum (RFC 1071). Sums and checksums are big-endian numbers: what the two bytes on the wire read as.</summary>
public struct InternetChecksum
{
    /// <summary>The folded one's complement sum of <paramref name="data"/>, not inverted; an odd last byte counts as the high one.</summary>
    public static ushort Sum(ReadOnlySpan<byte> data)
    {
        ulong sum = 0;
        for (int i = 0; i + 1 < data.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(data[i..]);
        if ((data.Length & 1) != 0)
            sum += (ulong)data[^1] << 8;
        return Fold(sum);
    }

    /// <summary>What goes into a checksum field: the inverted sum.</summary>
    public static ushort Hash(ReadOnlySpan<byte> data) => (ushort)~Sum(data);

    /// <summary>Copies <paramref name="source"/> to <paramref name="destination"/> and sums it in the same pass (<c>csum_partial_copy</c>).</summary>
    public static ushort CopyAndSum(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return Sum(source);
    }

    /// <summary>Sums two sums (<c>csum16_add</c>), with end-around carry.</summary>
    public static ushort Add(ushort a, ushort b) => Fold((ulong)a + b);

    /// <summary>Takes <paramref name="b"/> out of <paramref name="a"/> (<c>csum16_sub</c>).</summary>
    public static ushort Subtract(ushort a, ushort b) => Add(a, (ushort)~b);

    /// <summary>Joins the sum of a block to that of the bytes before it (<c>csum_block_add</c>): a block at an odd offset is swapped, after folding.</summary>
    public static ushort Combine(ushort sum, ushort blockSum, long blockOffset) =>
        Add(sum, (blockOffset & 1) == 0 ? blockSum : BinaryPrimitives.ReverseEndianness(blockSum));

    /// <summary>A stored checksum after a covered 16-bit word changed (RFC 1624 eqn 3).</summary>
    public static ushort Update(ushort checksum, ushort oldWord, ushort newWord) =>
        (ushort)~Fold((ulong)(ushort)~checksum + (ushort)~oldWord + newWord);

    /// <summary>Folds carries until 16 bits are left (<c>csum_fold</c> without the inversion).</summary>
    public static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)sum;
    }
}
