using System.Buffers.Binary;
using System.Net;

namespace Wiretrue.Testing.Captures;

/// <summary>
/// Finds the TCP and UDP headers of a packet, tunnels included, by plain code that shares nothing with the library. What it cannot read it
/// leaves out.
/// </summary>
public sealed class PlainWalk
{
    private const byte Tcp = 6, Udp = 17;

    private readonly List<PlainTransport> _found = [];
    private readonly byte[] _bytes;
    private string _path = "";
    private string _reverse = "";

    private PlainWalk(byte[] bytes) => _bytes = bytes;

    /// <summary>The headers, outermost first.</summary>
    public static IReadOnlyList<PlainTransport> Transports(PlainPacket packet)
    {
        var walk = new PlainWalk(packet.Bytes);
        try
        {
            walk.Link(packet.LinkType, (int)Math.Min(packet.OriginalLength, int.MaxValue));
        }
        catch (ArgumentOutOfRangeException)
        {
            // Ran off the captured bytes: what was found before stands.
        }
        return walk._found;
    }

    /// <summary>The innermost header, or null.</summary>
    public static PlainTransport? Innermost(PlainPacket packet) => Transports(packet) is [.., var last] ? last : null;

    private void Link(ushort linkType, int end)
    {
        switch (linkType)
        {
            case 0 or 108:
                IP(4, end);
                break;
            case 1:
                Type(U16(12), 14, end);
                break;
            case 12 or 14 or 101 or 228 or 229:
                IP(0, end);
                break;
            case 113:
                Type(U16(14), 16, end);
                break;
            case 239:
                Nflog(end);
                break;
            case 276:
                Type(U16(0), 20, end);
                break;
            default:
                break;
        }
    }

    // TLVs in the byte order of a little-endian host, each padded to four bytes; number 9 is the packet.
    private void Nflog(int end)
    {
        for (int at = 4; at + 4 <= end;)
        {
            int length = _bytes[at] | _bytes[at + 1] << 8;
            if ((_bytes[at + 2] | _bytes[at + 3] << 8) == 9)
            {
                IP(at + 4, at + length);
                return;
            }
            at += (Math.Max(length, 4) + 3) & ~3;
        }
    }

    private void Type(int type, int at, int end)
    {
        switch (type)
        {
            case 0x0800 or 0x86DD:
                IP(at, end);
                break;
            case 0x8100 or 0x88A8 or 0x9100:
                Type(U16(at + 2), at + 4, end);
                break;
            case 0x8847 or 0x8848:
                Mpls(at, end);
                break;
            case 0x8864 when U16(at + 6) is 0x0021 or 0x0057:
                IP(at + 8, end);
                break;
            case 0x6558:
                Type(U16(at + 12), at + 14, end);
                break;
            case <= 1500 when U32(at) == 0xAAAA0300 && U16(at + 4) == 0:
                Type(U16(at + 6), at + 8, end);
                break;
            default:
                break;
        }
    }

    private void Mpls(int at, int end)
    {
        while ((Byte(at + 2) & 1) == 0)
            at += 4;
        if (Byte(at + 4) >> 4 is 4 or 6)
            IP(at + 4, end);
        else if (Byte(at + 4) >> 4 == 0)
            Type(U16(at + 8 + 12), at + 8 + 14, end);
    }

    private void IP(int at, int end)
    {
        if (Byte(at) >> 4 == 4)
        {
            int length = U16(at + 2);
            int header = (Byte(at) & 15) * 4;
            if (header < 20 || (U16(at + 6) & 0x3FFF) != 0)
                return;
            Enter(at, 12, 4);
            Protocol(Byte(at + 9), at, at + header, length == 0 ? end : Math.Min(end, at + length));
        }
        else if (Byte(at) >> 4 == 6)
        {
            int length = U16(at + 4);
            Enter(at, 8, 16);
            Extensions(at, length == 0 ? end : Math.Min(end, at + 40 + length));
        }
    }

    private void Extensions(int ip, int end)
    {
        byte next = Byte(ip + 6);
        int at = ip + 40;
        while (next is 0 or 43 or 44 or 60)
        {
            if (next == 44 && (U16(at + 2) & 0xFFF9) != 0)
                return;
            int length = next == 44 ? 8 : (Byte(at + 1) + 1) * 8;
            next = Byte(at);
            at += length;
        }
        Protocol(next, ip, at, end);
    }

    private void Protocol(byte protocol, int ip, int at, int end)
    {
        switch (protocol)
        {
            case Tcp when (Byte(at + 12) >> 4) >= 5:
                Found(protocol, ip, at, at + ((Byte(at + 12) >> 4) * 4), end, U32(at + 4), Byte(at + 13), Mss(at));
                break;
            case Udp:
                int length = U16(at + 4);
                int limit = length < 8 ? end : Math.Min(end, at + length);
                Found(protocol, ip, at, at + 8, limit, 0, 0, 0);
                Tunnel(U16(at + 2), at + 8, limit);
                break;
            case 4 or 41:
                IP(at, end);
                break;
            case 47:
                Gre(at, end);
                break;
            default:
                break;
        }
    }

    private void Tunnel(int port, int at, int end)
    {
        switch (port)
        {
            case 4789 or 8472:
                Type(U16(at + 8 + 12), at + 8 + 14, end);
                break;
            case 6081:
                int options = (Byte(at) & 0x3F) * 4;
                Type(U16(at + 2), at + 8 + options, end);
                break;
            case 2152 when Byte(at + 1) == 0xFF && Byte(at) >> 4 == 3:
                GtpU(at, end);
                break;
            default:
                break;
        }
    }

    private void GtpU(int at, int end)
    {
        bool extended = (Byte(at) & 4) != 0;
        int next = at + ((Byte(at) & 7) != 0 ? 12 : 8);
        for (byte type = extended ? Byte(next - 1) : (byte)0; type != 0;)
        {
            int length = Math.Max((int)Byte(next), 1) * 4;
            type = Byte(next + length - 1);
            next += length;
        }
        IP(next, end);
    }

    private void Gre(int at, int end)
    {
        int flags = U16(at);
        int next = at + 4 + ((flags & 0x8000) != 0 ? 4 : 0) + ((flags & 0x2000) != 0 ? 4 : 0) + ((flags & 0x1000) != 0 ? 4 : 0);
        int type = U16(at + 2);
        // ERSPAN: type II has eight bytes before the frame, type III twelve; type I, without a sequence number, none.
        if (type == 0x88BE)
            Type(U16(next + ((flags & 0x1000) != 0 ? 8 : 0) + 12), next + ((flags & 0x1000) != 0 ? 8 : 0) + 14, end);
        else if (type == 0x22EB)
            Type(U16(next + 12 + 12), next + 12 + 14, end);
        else
            Type(type, next, end);
    }

    private int Mss(int tcp)
    {
        if ((Byte(tcp + 13) & 2) == 0)
            return 0;
        int end = tcp + ((Byte(tcp + 12) >> 4) * 4);
        for (int at = tcp + 20; at + 1 < end && Byte(at) != 0;)
        {
            if (Byte(at) == 2)
                return U16(at + 2);
            at += Byte(at) == 1 ? 1 : Math.Max(2, (int)Byte(at + 1));
        }
        return 0;
    }

    private void Enter(int ip, int addresses, int length)
    {
        var source = new IPAddress(Span(ip + addresses, length));
        var destination = new IPAddress(Span(ip + addresses + length, length));
        _path += $"{source}>{destination} ";
        _reverse += $"{destination}>{source} ";
    }

    private void Found(byte protocol, int ip, int at, int content, int end, uint sequence, byte flags, int mss)
    {
        _path += $"{protocol}:{U16(at)}>{U16(at + 2)} ";
        _reverse += $"{protocol}:{U16(at + 2)}>{U16(at)} ";
        int captured = Math.Clamp(_bytes.Length - content, 0, Math.Max(0, end - content));
        _found.Add(new PlainTransport(
            _path, _reverse, protocol, ip, at, sequence, flags, mss, Math.Max(0, end - content),
            captured == 0 ? default : _bytes.AsMemory(content, captured)));
    }

    private ReadOnlySpan<byte> Span(int at, int length) => _bytes.AsSpan(at, length);

    private byte Byte(int at) => _bytes.AsSpan(at, 1)[0];

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at, 2));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at, 4));
}
