using System.Buffers.Binary;

namespace Wiretrue.Testing.Captures;

/// <summary>
/// Reads whole captures into memory and writes small ones: pcap and pcapng, both byte orders, by plain code that shares nothing with the library.
/// </summary>
public static class PlainCapture
{
    /// <summary>All whole packets of a capture file; throws <see cref="InvalidDataException"/> for anything else.</summary>
    public static List<PlainPacket> Read(string path) => Read(File.ReadAllBytes(path));

    /// <summary>All whole packets of a capture.</summary>
    public static List<PlainPacket> Read(byte[] file) =>
        Number(file, 0, bigEndian: true) switch
        {
            0xA1B2C3D4 or 0xA1B23C4D => ReadPcap(file, bigEndian: true),
            0xD4C3B2A1 or 0x4D3CB2A1 => ReadPcap(file, bigEndian: false),
            0x0A0D0D0A => ReadPcapNg(file),
            _ => throw new InvalidDataException("neither pcap nor pcapng"),
        };

    /// <summary>A little-endian microsecond pcap of the given packets, a millisecond apart.</summary>
    public static byte[] WritePcap(ushort linkType, params IEnumerable<byte[]> packets) =>
        WritePcap(linkType, packets.Select((p, i) => new PlainPacket(
            linkType, 0, (uint)p.Length, ((1_700_000_000UL + ((ulong)i / 1000)) << 32) | ((ulong)i % 1000 * 1000), p)));

    /// <summary>A little-endian microsecond pcap of the given packets.</summary>
    public static byte[] WritePcap(ushort linkType, IEnumerable<PlainPacket> packets)
    {
        var file = new List<byte>();
        foreach (uint word in (uint[])[0xA1B2C3D4, 0x00040002, 0, 0, 262144, linkType])
            file.AddRange(Little(word));
        foreach (PlainPacket packet in packets)
        {
            file.AddRange(Little((uint)(packet.Time >> 32)));
            file.AddRange(Little((uint)packet.Time));
            file.AddRange(Little((uint)packet.Bytes.Length));
            file.AddRange(Little(packet.OriginalLength));
            file.AddRange(packet.Bytes);
        }
        return [.. file];
    }

    private static List<PlainPacket> ReadPcap(byte[] file, bool bigEndian)
    {
        var packets = new List<PlainPacket>();
        ushort linkType = (ushort)Number(file, 20, bigEndian);
        for (int at = 24; at + 16 <= file.Length;)
        {
            uint captured = Number(file, at + 8, bigEndian);
            if (captured > file.Length - at - 16)
                break;
            ulong time = ((ulong)Number(file, at, bigEndian) << 32) | Number(file, at + 4, bigEndian);
            packets.Add(new PlainPacket(
                linkType, 0, Number(file, at + 12, bigEndian), time, file[(at + 16)..(at + 16 + (int)captured)]));
            at += 16 + (int)captured;
        }
        return packets;
    }

    private static List<PlainPacket> ReadPcapNg(byte[] file)
    {
        var packets = new List<PlainPacket>();
        var interfaces = new List<(ushort LinkType, uint SnapLength)>();
        bool bigEndian = false;
        for (int at = 0; at + 12 <= file.Length;)
        {
            uint type = Number(file, at, bigEndian);
            if (type == 0x0A0D0D0A)
            {
                bigEndian = Number(file, at + 8, bigEndian: true) == 0x1A2B3C4D;
                interfaces.Clear();
            }
            uint length = Number(file, at + 4, bigEndian);
            if (length < 12 || length > file.Length - at)
                break;
            switch (type)
            {
                case 1:
                    interfaces.Add(((ushort)(Number(file, at + 8, bigEndian) >> (bigEndian ? 16 : 0)), Number(file, at + 12, bigEndian)));
                    break;
                case 2:
                    int obsoleteInterface = (int)(Number(file, at + 8, bigEndian) >> (bigEndian ? 16 : 0)) & 0xFFFF;
                    packets.Add(Packet(file, at, bigEndian, obsoleteInterface, interfaces));
                    break;
                case 3:
                    uint original = Number(file, at + 8, bigEndian);
                    uint snap = interfaces[0].SnapLength == 0 ? uint.MaxValue : interfaces[0].SnapLength;
                    int captured = (int)Math.Min(Math.Min(original, snap), length - 16);
                    packets.Add(new PlainPacket(interfaces[0].LinkType, 0, original, 0, file[(at + 12)..(at + 12 + captured)]));
                    break;
                case 6:
                    packets.Add(Packet(file, at, bigEndian, (int)Number(file, at + 8, bigEndian), interfaces));
                    break;
                default:
                    break;
            }
            at += (int)length;
        }
        return packets;
    }

    // The Enhanced and the obsolete Packet Block agree from the timestamp on.
    private static PlainPacket Packet(
        byte[] file, int at, bool bigEndian, int number, List<(ushort LinkType, uint SnapLength)> interfaces)
    {
        ulong time = ((ulong)Number(file, at + 12, bigEndian) << 32) | Number(file, at + 16, bigEndian);
        int captured = (int)Number(file, at + 20, bigEndian);
        return new PlainPacket(
            interfaces[number].LinkType, number, Number(file, at + 24, bigEndian), time, file[(at + 28)..(at + 28 + captured)]);
    }

    private static uint Number(byte[] file, int at, bool bigEndian) =>
        at + 4 > file.Length
            ? throw new InvalidDataException("too short for a capture")
            : bigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at))
                : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));

    private static byte[] Little(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
