using System.Buffers.Binary;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>Numbers in the byte order of a section or file.</summary>
internal readonly struct Words(bool bigEndian)
{
    public ushort Half(ReadOnlySpan<byte> bytes)
        => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint Word(ReadOnlySpan<byte> bytes)
        => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ulong Long(ReadOnlySpan<byte> bytes)
        => bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    public void PutHalf(Span<byte> bytes, ushort value)
    {
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }

    public void PutWord(Span<byte> bytes, uint value)
    {
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
    }

    public void PutLong(Span<byte> bytes, ulong value)
    {
        if (bigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
    }
}
