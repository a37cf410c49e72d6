using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>
/// A receiving stack in plain code that shares nothing with the library: it takes one header after the other off the front of a frame, as Linux
/// does with an <c>sk_buff</c>, and keeps the device's word right while it does so.
/// </summary>
/// <remarks>Headers are trusted to be whole; lengths, checksums and what the device said are not.</remarks>
public sealed class PlainStack
{
    private readonly byte[] _bytes;
    private readonly ISet<int> _zeroPorts6;
    private readonly bool _takesRemote;

    private int _data;
    private int _end;
    private PlainSummed _summed;
    private int _level;
    private ushort _sum;
    private int _owed;
    private int _owedEnd;
    private bool _isValid;
    private bool _isOwnSum;
    private byte[] _addresses = [];

    private PlainStack(byte[] bytes, PlainDeviceWord word, ISet<int>? zeroPorts6, bool takesRemote)
    {
        _bytes = bytes;
        _zeroPorts6 = zeroPorts6 ?? new HashSet<int>();
        _takesRemote = takesRemote;
        _end = bytes.Length;
        _summed = word.Summed;
        _level = word.Level;
        _owed = word.Start;
        _owedEnd = word.Start + 2;
        // The sum begins where the word says, so nothing of it goes when the link header does.
        _sum = word.Sum;
        _data = word.Summed == PlainSummed.Complete ? word.Start : 0;
    }

    /// <summary>The device's sum did not fit, and the bytes did.</summary>
    public bool HasFault { get; private set; }

    /// <summary>Why it is dropped: the header that is wrong and how; null when it is taken.</summary>
    public string? Fault { get; private set; }

    /// <summary>Receives an Ethernet frame.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="word">What the device says of it; a sum begins behind the 14 bytes of Ethernet.</param>
    /// <param name="zeroPorts6">Ports that take UDP over IPv6 without a checksum.</param>
    /// <param name="takesRemote">VXLAN may ask for remote checksum offload.</param>
    public static PlainStack Receive(byte[] frame, PlainDeviceWord word, ISet<int>? zeroPorts6 = null, bool takesRemote = false)
    {
        var stack = new PlainStack(frame, word, zeroPorts6, takesRemote);
        stack.Fault = stack.Ethernet(0);
        return stack;
    }

    private string? Ethernet(int at)
    {
        int type = at + 12;
        return Type(U16(type), type + 2);
    }

    private string? Type(int type, int at)
    {
        Pull(at);
        switch (type)
        {
            case 0x0800: return IPv4(at);
            case 0x86DD: return IPv6(at);
            case 0x6558: return Ethernet(at);
            case 0x8100 or 0x88A8: return Type(U16(at + 2), at + 4);
            case 0x8847: return Mpls(at);
            case 0x894F: return Next(_bytes[at + 3], at + ((_bytes[at + 1] & 0x3F) * 4));
            case 0x8864:
                _ = Trim(at + 6 + U16(at + 4));
                return Type(U16(at + 6) == 0x57 ? 0x86DD : 0x0800, at + 8);
            default: return null;
        }
    }

    private string? Version(int at) => Type(_bytes[at] >> 4 == 6 ? 0x86DD : 0x0800, at);

    private string? Mpls(int at)
    {
        while ((_bytes[at + 2] & 1) == 0)
            at += 4;
        return Version(at + 4);
    }

    private string? Next(byte next, int at) =>
        Type(next switch { 1 => 0x0800, 2 => 0x86DD, 3 => 0x6558, 4 => 0x894F, 5 => 0x8847, _ => 0 }, at);

    private string? IPv4(int at)
    {
        int header = (_bytes[at] & 15) * 4;
        int length = U16(at + 2);
        if (_bytes[at] >> 4 != 4 || header < 20 || at + header > _end)
            return "IPv4 header";
        if (PlainSum.Sum(_bytes.AsSpan(at, header)) != 0xFFFF)
            return "IPv4 checksum";
        if (length < header)
            return "IPv4 header";
        if (!Trim(at + length))
            return at + length > _end ? "IP length" : "owed";
        _addresses = _bytes[(at + 12)..(at + 20)];
        return (U16(at + 6) & 0x3FFF) != 0 ? "fragment" : Protocol(_bytes[at + 9], at + header, isIPv6: false);
    }

    private string? IPv6(int at)
    {
        if (_bytes[at] >> 4 != 6)
            return "IPv6 header";
        if (!Trim(at + 40 + U16(at + 4)))
            return at + 40 + U16(at + 4) > _end ? "IP length" : "owed";
        _addresses = _bytes[(at + 8)..(at + 40)];
        byte next = _bytes[at + 6];
        at += 40;
        while (next is 0 or 43 or 60)
        {
            next = _bytes[at];
            at += (_bytes[at + 1] + 1) * 8;
        }
        return Protocol(next, at, isIPv6: true);
    }

    private string? Protocol(byte protocol, int at, bool isIPv6)
    {
        Pull(at);
        switch (protocol)
        {
            case 1: return Validate(0) ? null : "ICMP checksum";
            case 2: return Validate(0) ? null : "IGMP checksum";
            case 4: return Type(0x0800, at);
            case 41: return Type(0x86DD, at);
            case 47: return Gre(at);
            case 58: return Validate(Pseudo(58)) ? null : "ICMPv6 checksum";
            case 137: return Mpls(at);
            case 6: return Validate(Pseudo(6)) ? null : "TCP checksum";
            case 17: return Udp(at, isIPv6);
            case 132: return Sctp(at);
            case 136: return UdpLite(at);
            default: return null;
        }
    }

    private string? Udp(int at, bool isIPv6)
    {
        int length = U16(at + 4);
        if (length == 0 && isIPv6)
            length = _end - at;
        if (length < 8 || !Trim(at + length))
            return "UDP length";
        bool isAbsent = U16(at + 6) == 0;
        if (isAbsent && isIPv6 && !_zeroPorts6.Contains(U16(at + 2)))
            return "UDP checksum";
        ushort pseudo = Pseudo(17);
        if (!Validate(pseudo, isAbsent))
            return "UDP checksum";
        if (!isAbsent)
            Convert(pseudo);
        return Datagram(at + 8, U16(at + 2));
    }

    private string? Datagram(int inner, int port)
    {
        switch (port)
        {
            case 2152: return Version(inner + 8);
            case 4789:
                int start = (_bytes[inner + 7] & 0x7F) * 2;
                int field = start + (_bytes[inner + 7] < 0x80 ? 16 : 6);
                return (_bytes[inner + 1] & 0x20) == 0
                    ? Ethernet(inner + 8)
                    : _takesRemote ? Remote(inner + 8, start, field, () => Ethernet(inner + 8)) : "remote checksum";
            case 4790: return Next(_bytes[inner + 3], inner + 8);
            case 5504 or 5541: return Version(inner);
            case 5547: return Gre(inner);
            case 6080 when _bytes[inner] >> 6 == 1: return Version(inner);
            case 6080:
                int payload = inner + 4 + ((_bytes[inner] & 0x1F) * 4);
                bool isIPv6 = _bytes[inner + 1] == 41;
                bool isRemote = (_bytes[inner + 3] & 1) != 0 && (_bytes[inner + 4] & 0x80) != 0;
                return isRemote
                    ? Remote(payload, U16(inner + 8), U16(inner + 10), () => Protocol(_bytes[inner + 1], payload, isIPv6))
                    : Protocol(_bytes[inner + 1], payload, isIPv6);
            case 6081: return Type(U16(inner + 2), inner + 8 + ((_bytes[inner] & 0x3F) * 4));
            case 6635: return Mpls(inner);
            default: return null;
        }
    }

    /// <summary>What is owed begins here from now on.</summary>
    private string? Remote(int from, int start, int field, Func<string?> inside)
    {
        Pull(from);
        _summed = PlainSummed.Partial;
        _owed = from + start;
        _owedEnd = from + field + 2;
        return inside();
    }

    private string? UdpLite(int at)
    {
        int coverage = U16(at + 4);
        int all = _end - at;
        coverage = coverage == 0 ? all : coverage;
        if (U16(at + 6) == 0 || coverage < 8 || coverage > all)
            return "UDP-Lite header";
        ushort pseudo = Pseudo(136);
        if (coverage < all)
        {
            // What a device summed is more than what is covered.
            _isOwnSum = false;
            if (_summed == PlainSummed.Complete)
                _summed = PlainSummed.None;
            if (_summed == PlainSummed.None)
                return PlainSum.Sum(_bytes.AsSpan(at, coverage), pseudo) == 0xFFFF ? null : "UDP-Lite checksum";
        }
        return Validate(pseudo) ? null : "UDP-Lite checksum";
    }

    private string? Sctp(int at)
    {
        if (_summed == PlainSummed.Unnecessary || (_summed == PlainSummed.Partial && _owed >= at))
            return null;
        byte[] packet = _bytes[at.._end];
        packet.AsSpan(8, 4).Clear();
        return BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at + 8)) == PlainSum.Crc32C(packet) ? null : "SCTP checksum";
    }

    private string? Gre(int at)
    {
        Pull(at);
        int flags = U16(at);
        if ((flags & 0x8000) != 0)
        {
            if (!Validate(0))
                return "GRE checksum";
            Convert(0);
        }
        int optional = ((flags & 0x8000) != 0 ? 4 : 0) + ((flags & 0x2000) != 0 ? 4 : 0) + ((flags & 0x1000) != 0 ? 4 : 0);
        return Type(U16(at + 2), at + 4 + optional);
    }

    /// <summary><c>skb_pull_rcsum</c>, to an offset.</summary>
    private void Pull(int to)
    {
        if (to <= _data)
            return;
        if (_summed == PlainSummed.Complete)
        {
            ushort gone = PlainSum.Sum(_bytes.AsSpan(_data, to - _data));
            _sum = PlainSum.Sum([(byte)(~gone >> 8), (byte)~gone], _sum);
            if ((to - _data) % 2 != 0)
                _sum = BinaryPrimitives.ReverseEndianness(_sum);
        }
        if (_summed == PlainSummed.Partial && _owed < to)
            _summed = PlainSummed.None;
        _data = to;
    }

    /// <summary><c>pskb_trim_rcsum</c>; false when there is less.</summary>
    private bool Trim(int end)
    {
        bool isOwedLost = _summed == PlainSummed.Partial && end < _end && _owed >= _data && _owedEnd > end;
        if (end > _end || isOwedLost)
            return false;
        if (_summed == PlainSummed.Complete)
        {
            ushort gone = PlainSum.Sum(_bytes.AsSpan(end, _end - end));
            if ((end - _data) % 2 != 0)
                gone = BinaryPrimitives.ReverseEndianness(gone);
            _sum = PlainSum.Sum([(byte)(~gone >> 8), (byte)~gone], _sum);
        }
        _end = end;
        return true;
    }

    /// <summary><c>__skb_checksum_validate</c>, complete.</summary>
    private bool Validate(ushort pseudo, bool isAbsent = false)
    {
        _isValid = true;
        if (_summed == PlainSummed.Unnecessary)
        {
            if (_level-- == 0)
                _summed = PlainSummed.None;
            return true;
        }
        if (_summed == PlainSummed.Partial || isAbsent)
            return true;
        if (_summed == PlainSummed.Complete && PlainSum.Sum([(byte)(_sum >> 8), (byte)_sum], pseudo) == 0xFFFF)
            return true;
        ushort sum = PlainSum.Sum(_bytes.AsSpan(_data, _end - _data));
        bool isGood = PlainSum.Sum([(byte)(sum >> 8), (byte)sum], pseudo) == 0xFFFF;
        HasFault |= isGood && _summed == PlainSummed.Complete && !_isOwnSum;
        _sum = sum;
        _summed = PlainSummed.Complete;
        _isOwnSum = true;
        return _isValid = isGood;
    }

    /// <summary><c>skb_checksum_try_convert</c>.</summary>
    private void Convert(ushort pseudo)
    {
        if (_summed != PlainSummed.None || !_isValid)
            return;
        _sum = (ushort)~pseudo;
        _summed = PlainSummed.Complete;
        _isOwnSum = false;
    }

    private ushort Pseudo(byte protocol)
    {
        int length = _end - _data;
        return PlainSum.Sum([0, protocol, 0, (byte)(length >> 16), (byte)(length >> 8), (byte)length], PlainSum.Sum(_addresses));
    }

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));
}
