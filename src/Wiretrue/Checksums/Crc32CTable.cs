using System.Buffers.Binary;

namespace Wiretrue.Checksums;

/// <summary>CRC32c by tables, eight bytes at a time ("slicing by 8"), for processors without an instruction for it.</summary>
/// <remarks>
/// Table k has what a byte comes to that k more bytes follow: the eight lookups of a step don't wait for each other. The reference is
/// <see cref="Crc32CReference"/>.
/// </remarks>
internal static class Crc32CTable
{
    private const int Slices = 8;

    // 8 KiB, made at first use: a processor with the instruction never needs it.
    private static readonly uint[] Tables = MakeTables();

    /// <summary>The state, not inverted, after <paramref name="data"/>.</summary>
    public static uint Update(uint state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> tables = Tables;
        for (; data.Length >= Slices; data = data[Slices..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ state;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            state = Lookup(tables, 7, low) ^ Lookup(tables, 6, low >> 8) ^ Lookup(tables, 5, low >> 16) ^ Lookup(tables, 4, low >> 24)
                ^ Lookup(tables, 3, high) ^ Lookup(tables, 2, high >> 8) ^ Lookup(tables, 1, high >> 16) ^ Lookup(tables, 0, high >> 24);
        }

        foreach (byte value in data)
            state = Lookup(tables, 0, state ^ value) ^ (state >> 8);
        return state;
    }

    private static uint Lookup(ReadOnlySpan<uint> tables, int slice, uint value) => tables[(slice << 8) | (byte)value];

    private static uint[] MakeTables()
    {
        var tables = new uint[Slices << 8];
        for (int value = 0; value < 256; value++)
        {
            uint state = Crc32CReference.Update(0, [(byte)value]);
            for (int slice = 0; slice < Slices; slice++)
            {
                tables[(slice << 8) | value] = state;
                state = Crc32CReference.Update(state, [0]);
            }
        }

        return tables;
    }
}
