using System.Buffers.Binary;
using System.Text;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Writes a small pcapng block by block, by plain code that shares nothing with the library.</summary>
internal sealed class PcapNgFile(bool bigEndian = false)
{
    private readonly List<byte> _bytes = [];
    private bool _bigEndian = bigEndian;

    public int Length => _bytes.Count;

    public PcapNgFile Section(bool? bigEndian = null, long length = -1, ushort major = 1)
    {
        _bigEndian = bigEndian ?? _bigEndian;
        return Block(0x0A0D0D0A, [.. Word(0x1A2B3C4D), .. Half(major), .. Half(0), .. Long((ulong)length)]);
    }

    public PcapNgFile Interface(ushort link = 1, uint snapLength = 0, params byte[] options)
        => Block(1, [.. Half(link), .. Half(0), .. Word(snapLength), .. options]);

    public PcapNgFile Enhanced(byte[] data, uint interfaceId = 0, ulong time = 0, uint? original = null, params byte[] options)
        => Block(6, [.. Word(interfaceId), .. Packet(data, time, original), .. options]);

    public PcapNgFile Obsolete(
        byte[] data, ushort interfaceId = 0, ushort drops = 0, ulong time = 0, uint? original = null, params byte[] options)
        => Block(2, [.. Half(interfaceId), .. Half(drops), .. Packet(data, time, original), .. options]);

    public PcapNgFile Simple(byte[] data, uint? original = null)
        => Block(3, [.. Word(original ?? (uint)data.Length), .. Pad(data)]);

    /// <summary>Any block; the body must be padded already. The two lengths can be made to lie.</summary>
    public PcapNgFile Block(uint type, byte[] body, uint? length = null, uint? trailer = null)
    {
        uint total = (uint)body.Length + 12;
        _bytes.AddRange([.. Word(type), .. Word(length ?? total), .. body, .. Word(trailer ?? length ?? total)]);
        return this;
    }

    public byte[] Option(ushort code, params byte[] value) => [.. Half(code), .. Half((ushort)value.Length), .. Pad(value)];

    public byte[] Comment(string text) => Option(1, Encoding.UTF8.GetBytes(text));

    public byte[] Flags(uint flags) => Option(2, Word(flags));

    public byte[] End() => Option(0);

    public byte[] Word(uint value)
    {
        byte[] bytes = new byte[4];
        if (_bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public byte[] Long(ulong value)
    {
        byte[] bytes = new byte[8];
        if (_bigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    public byte[] ToArray() => [.. _bytes];

    private byte[] Packet(byte[] data, ulong time, uint? original)
        => [.. Word((uint)(time >> 32)), .. Word((uint)time), .. Word((uint)data.Length), .. Word(original ?? (uint)data.Length),
            .. Pad(data)];

    private byte[] Half(ushort value) => _bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];

    private static byte[] Pad(byte[] value) => [.. value, .. new byte[-value.Length & 3]];
}
