using System.Buffers.Binary;

namespace Wiretrue.Checksums;

/// <summary>The one's complement sum as RFC 1071 section 1 says it, a big-endian word at a time: what every other one is held against.</summary>
internal static class OnesComplementSumReference
{
    /// <summary>The folded sum of <paramref name="source"/> as a big-endian number.</summary>
    public static ushort Sum(ReadOnlySpan<byte> source)
    {
        uint sum = 0;
        for (int i = 0; i < source.Length; i += 2)
        {
            // An odd last byte is padded with a zero byte: it is the high one.
            sum += i + 1 < source.Length ? BinaryPrimitives.ReadUInt16BigEndian(source[i..]) : (uint)source[i] << 8;
            if (sum > 0xFFFF)
                sum -= 0xFFFF; // end-around carry, at once: minus 2^16, plus 1
        }

        return (ushort)sum;
    }

    /// <summary>Copies <paramref name="source"/> to <paramref name="destination"/> and sums it.</summary>
    public static ushort CopyAndSum(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return Sum(source);
    }
}
