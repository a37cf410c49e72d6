using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>
/// Takes a frame apart as a careful receiver would, tunnels included, by plain code that shares nothing with the library. Each length must say
/// what is there to the byte, and each checksum must verify; else it throws <see cref="InvalidDataException"/>, which says what is wrong.
/// </summary>
public sealed class PlainReceiver
{
    private const byte Tcp = 6, Udp = 17, Sctp = 132;

    private readonly byte[] _bytes;
    private readonly List<ushort> _identifications = [];
    private byte[] _pseudoAddresses = [];
    private (int Start, int Field)? _remoteChecksum;
    private PlainReceipt? _receipt;

    private PlainReceiver(byte[] bytes) => _bytes = bytes;

    /// <summary>Receives an Ethernet frame.</summary>
    public static PlainReceipt Receive(byte[] frame)
    {
        var receiver = new PlainReceiver(frame);
        receiver.Type(0x6558, 0);
        return receiver._receipt!;
    }

    private void Type(int type, int at)
    {
        switch (type)
        {
            case 0x0800: IPv4(at); break;
            case 0x86DD: IPv6(at); break;
            case 0x6558: Type(U16(at + 12), at + 14); break;
            case 0x8100 or 0x88A8: Type(U16(at + 2), at + 4); break;
            case 0x8847: Mpls(at); break;
            case 0x894F: Nsh(at); break;
            case 0x8864:
                Check(U16(at + 4) == Left(at + 6), "PPPoE length");
                Type(U16(at + 6) == 0x57 ? 0x86DD : 0x0800, at + 8);
                break;
            default: throw new InvalidDataException($"type {type:X4} at {at}");
        }
    }

    private void Mpls(int at)
    {
        while ((_bytes[at + 2] & 1) == 0)
            at += 4;
        Version(at + 4);
    }

    private void Version(int at) => Type(_bytes[at] >> 4 == 6 ? 0x86DD : 0x0800, at);

    private void Nsh(int at) => Next(_bytes[at + 3], at + ((_bytes[at + 1] & 0x3F) * 4));

    private void Next(byte next, int at) => Type(next switch { 1 => 0x0800, 2 => 0x86DD, 3 => 0x6558, 4 => 0x894F, 5 => 0x8847, _ => 0 }, at);

    private void IPv4(int at)
    {
        int header = (_bytes[at] & 15) * 4;
        Check(_bytes[at] >> 4 == 4 && header >= 20, "IPv4 version and header length");
        Check(U16(at + 2) == Left(at), "IPv4 total length");
        Check(PlainSum.Sum(_bytes.AsSpan(at, header)) == 0xFFFF, "IPv4 header checksum");
        _identifications.Add((ushort)U16(at + 4));
        _pseudoAddresses = _bytes[(at + 12)..(at + 20)];
        int fragment = U16(at + 6);
        if ((fragment & 0x3FFF) == 0)
        {
            Protocol(_bytes[at + 9], at + header);
            return;
        }
        Fragment(new PlainFragment(
            (uint)U16(at + 4), (fragment & 0x1FFF) * 8, (fragment & 0x2000) != 0, at, at + 9, _bytes[at + 9], at + header));
    }

    private void IPv6(int at)
    {
        Check(_bytes[at] >> 4 == 6, "IPv6 version");
        Check(U16(at + 4) == Left(at + 40), "IPv6 payload length");
        _pseudoAddresses = _bytes[(at + 8)..(at + 40)];
        int ip = at;
        int field = at + 6;
        at += 40;
        while (_bytes[field] is 0 or 43 or 60)
        {
            field = at;
            at += (_bytes[at + 1] + 1) * 8;
        }
        if (_bytes[field] == 44)
            Fragment(new PlainFragment(U32(at + 4), U16(at + 2) & 0xFFF8, (U16(at + 2) & 1) != 0, ip, field, _bytes[at], at + 8));
        else
            Protocol(_bytes[field], at);
    }

    private void Fragment(PlainFragment fragment)
    {
        Check(!fragment.HasMore || Left(fragment.Content) % 8 == 0, "length of a fragment that others follow");
        _receipt = Receipt(fragment.Protocol, 0, 0, fragment.Content) with { Fragment = fragment };
    }

    private void Protocol(byte protocol, int at)
    {
        switch (protocol)
        {
            case 4: IPv4(at); break;
            case 41: IPv6(at); break;
            case 47: Gre(at); break;
            case 137: Mpls(at); break;
            case Tcp:
                Transport(protocol, at, 16);
                int header = (_bytes[at + 12] >> 4) * 4;
                _receipt = Receipt(protocol, U32(at + 4), U16(at + 12) & 0xFFF, at + header);
                break;
            case Udp:
                Check(U16(at + 4) == Left(at), "UDP length");
                if (U16(at + 6) != 0)
                    Transport(protocol, at, 6);
                Datagram(at);
                break;
            case Sctp:
                Check(BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at + 8)) == SctpChecksum(at), "SCTP checksum");
                _receipt = Receipt(protocol, 0, 0, at + 12);
                break;
            default: throw new InvalidDataException($"protocol {protocol} at {at}");
        }
    }

    /// <summary>What follows a UDP header is a tunnel's by its port, as the tests agree on them.</summary>
    private void Datagram(int at)
    {
        int inner = at + 8;
        switch (U16(at + 2))
        {
            case 2152:
                Check(U16(inner + 2) == Left(inner + 8), "GTP-U length");
                Version(inner + 8);
                break;
            case 4789:
                if ((_bytes[inner + 1] & 0x20) != 0)
                {
                    int start = inner + 8 + ((_bytes[inner + 7] & 0x7F) * 2);
                    _remoteChecksum = (start, start + ((_bytes[inner + 7] & 0x80) != 0 ? 6 : 16));
                }
                Type(0x6558, inner + 8);
                break;
            case 4790: Next(_bytes[inner + 3], inner + 8); break;
            case 5504 or 5541: Version(inner); break;
            case 5547: Gre(inner); break;
            case 6080 when _bytes[inner] >> 6 == 1: Version(inner); break;
            case 6080:
                int payload = inner + 4 + ((_bytes[inner] & 0x1F) * 4);
                if ((_bytes[inner + 3] & 1) != 0 && (_bytes[inner + 4] & 0x80) != 0)
                    _remoteChecksum = (payload + U16(inner + 8), payload + U16(inner + 10));
                Protocol(_bytes[inner + 1], payload);
                break;
            case 6081: Type(U16(inner + 2), inner + 8 + ((_bytes[inner] & 0x3F) * 4)); break;
            case 6635: Mpls(inner); break;
            default: _receipt = Receipt(Udp, 0, 0, inner); break;
        }
    }

    private void Gre(int at)
    {
        int flags = U16(at);
        Check((flags & 0x8000) == 0 || PlainSum.Sum(_bytes.AsSpan(at)) == 0xFFFF, "GRE checksum");
        int optional = ((flags & 0x8000) != 0 ? 4 : 0) + ((flags & 0x2000) != 0 ? 4 : 0) + ((flags & 0x1000) != 0 ? 4 : 0);
        Type(U16(at + 2), at + 4 + optional);
    }

    private void Transport(byte protocol, int at, int field)
    {
        int length = Left(at);
        ushort sum = PlainSum.Sum([0, protocol, 0, (byte)(length >> 16), (byte)(length >> 8), (byte)length], PlainSum.Sum(_pseudoAddresses));
        if (_remoteChecksum is { } remote && remote.Start == at)
        {
            Check(remote.Field == at + field && U16(at + field) == sum, "remote checksum");
            return;
        }
        Check(PlainSum.Sum(_bytes.AsSpan(at), sum) == 0xFFFF, $"checksum of protocol {protocol} at {at}");
    }

    private uint SctpChecksum(int at)
    {
        byte[] packet = _bytes[at..];
        packet.AsSpan(8, 4).Clear();
        return PlainSum.Crc32C(packet);
    }

    private PlainReceipt Receipt(byte protocol, uint sequence, int flags, int content) =>
        new([.. _identifications], protocol, sequence, (ushort)flags, content, _bytes.AsMemory(content));

    private static void Check(bool isRight, string what)
    {
        if (!isRight)
            throw new InvalidDataException($"wrong {what}");
    }

    private int Left(int at) => _bytes.Length - at;

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at));
}
