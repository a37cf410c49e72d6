using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Wiretrue.Checksums;

/// <summary>The passage between sums of words as the processor reads them and sums as the network writes them (<c>htons</c>).</summary>
/// <remarks>RFC 1071 section 2 (B): a one's complement sum may be made in either byte order and swapped once at the end.</remarks>
internal static class NativeOrder
{
#pragma warning disable RS0030 // the one question that BinaryPrimitives has no answer to; the JIT makes it a constant
    private static bool IsLittleEndian => BitConverter.IsLittleEndian;
#pragma warning restore RS0030

    /// <summary>The upper 16 bits of <paramref name="value"/>, a sum of native words, as a big-endian number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort UpperHalfToBigEndian(uint value) =>
        IsLittleEndian ? (ushort)BinaryPrimitives.ReverseEndianness(value) : (ushort)(value >> 16);

    /// <summary>An odd last byte as the native word that it makes with a zero byte behind it (RFC 1071 section 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LastByte(byte value) => IsLittleEndian ? value : (ulong)value << 8;
}
