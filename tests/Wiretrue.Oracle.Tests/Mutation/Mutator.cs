using System.Buffers.Binary;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>Breaks bytes, in the ways that break parsers: bits, whole numbers at their limits, pieces that are missing, doubled or moved.</summary>
public sealed class Mutator(int seed)
{
    private static readonly uint[] Limits =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 19, 20, 27, 28, 40, 63, 64, 127, 128, 255, 256, 1500, 1514, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000,
        0x40000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF,
    ];

    private readonly Random _random = new(seed);

    /// <summary>One of the given ones.</summary>
    public T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    /// <summary>A number below <paramref name="limit"/>.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>A number at the limits of some field.</summary>
    public uint Limit() => Pick(Limits);

    /// <summary>A broken copy: one to six changes, most of them near the front, where the headers are.</summary>
    public byte[] Mutate(ReadOnlySpan<byte> original)
    {
        byte[] bytes = original.ToArray();
        for (int changes = _random.Next(1, 7); changes > 0 && bytes.Length > 8; changes--)
            bytes = Change(bytes);
        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        int at = Position(bytes.Length);
        switch (_random.Next(12))
        {
            case 0 or 1 or 2:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 3:
                bytes[at] = (byte)_random.Next(256);
                return bytes;
            case 4 or 5:
                WriteNumber(bytes, at, (ushort)Pick(Limits));
                return bytes;
            case 6:
                WriteNumber(bytes, at, Pick(Limits));
                return bytes;
            case 7:
                WriteNumber(bytes, at, (uint)(bytes.Length + _random.Next(-20, 21)));
                return bytes;
            case 8:
                return bytes[..Math.Max(1, at)];
            case 9:
                return [.. bytes[..at], .. bytes[(at + Math.Min(_random.Next(1, 64), bytes.Length - at))..]];
            case 10:
                int piece = Math.Min(_random.Next(1, 64), bytes.Length - at);
                return [.. bytes[..at], .. bytes.AsSpan(at, piece), .. bytes[at..]];
            default:
                int from = Position(bytes.Length);
                int length = Math.Min(_random.Next(1, 24), bytes.Length - Math.Max(at, from));
                bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                return bytes;
        }
    }

    private int Position(int length) => _random.Next(4) == 0 ? _random.Next(length) : _random.Next(Math.Min(length, 160));

    private void WriteNumber(byte[] bytes, int at, uint value)
    {
        at = Math.Min(at, bytes.Length - 4);
        if (_random.Next(2) == 0)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
    }

    private void WriteNumber(byte[] bytes, int at, ushort value)
    {
        at = Math.Min(at, bytes.Length - 2);
        if (_random.Next(2) == 0)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);
    }
}
