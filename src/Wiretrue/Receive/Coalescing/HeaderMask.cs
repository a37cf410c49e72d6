using System.Buffers.Binary;

namespace Wiretrue.Receive.Coalescing;

/// <summary>Compares headers where a mask has bits: the scalar reference of <see cref="HeaderMatch"/>.</summary>
internal static class HeaderMask
{
    /// <summary>True when <paramref name="header"/> and <paramref name="other"/>, which is as long at least, agree in the bits of the mask.</summary>
    public static bool AreAlike(ReadOnlySpan<byte> header, ReadOnlySpan<byte> other, ReadOnlySpan<byte> mask)
    {
        header = header[..mask.Length];
        other = other[..mask.Length];
        ulong difference = 0;
        int i = 0;
        for (; i <= mask.Length - sizeof(ulong); i += sizeof(ulong))
            difference |= (Word(header[i..]) ^ Word(other[i..])) & Word(mask[i..]);
        for (; i < mask.Length; i++)
            difference |= (uint)(header[i] ^ other[i]) & mask[i];
        return difference == 0;
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
