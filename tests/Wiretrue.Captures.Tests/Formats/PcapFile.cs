using System.Buffers.Binary;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Writes a small pcap field by field, by plain code that shares nothing with the library.</summary>
internal sealed class PcapFile
{
    private readonly List<byte> _bytes = [];
    private readonly bool _bigEndian;

    public PcapFile(
        bool bigEndian = false, bool nanoseconds = false, uint link = 1, ushort major = 2, ushort minor = 4, uint snapLength = 262144)
    {
        _bigEndian = bigEndian;
        Word(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4);
        Half(major);
        Half(minor);
        Word(0);
        Word(0);
        Word(snapLength);
        Word(link);
    }

    public int Length => _bytes.Count;

    public PcapFile Record(byte[] data, uint? original = null, uint seconds = 1_700_000_000, uint fraction = 0)
    {
        Word(seconds);
        Word(fraction);
        Word((uint)data.Length);
        Word(original ?? (uint)data.Length);
        _bytes.AddRange(data);
        return this;
    }

    public PcapFile Header(uint captured, uint original)
    {
        Word(1_700_000_000);
        Word(0);
        Word(captured);
        Word(original);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private void Word(uint value)
    {
        byte[] four = new byte[4];
        if (_bigEndian) BinaryPrimitives.WriteUInt32BigEndian(four, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        _bytes.AddRange(four);
    }

    private void Half(ushort value)
        => _bytes.AddRange(_bigEndian ? [(byte)(value >> 8), (byte)value] : (byte[])[(byte)value, (byte)(value >> 8)]);
}
