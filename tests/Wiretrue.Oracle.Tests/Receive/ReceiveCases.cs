using System.Buffers.Binary;
using System.Net;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Kernel.Reception;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>The frames to a host by which each rule of receive checksums shows: 67 of them.</summary>
internal static class ReceiveCases
{
    private const byte DataValid = 2;

    private static readonly HostTunnel _tunnel = ReceivingHost.Tunnels[0];

    private static readonly IPv4Fields _ipv4 = new()
    {
        Source = IPAddress.Parse(ReceivingHost.Remote.V4),
        Destination = IPAddress.Parse(ReceivingHost.Local.V4),
    };

    private static readonly IPv6Fields _ipv6 = new()
    {
        Source = IPAddress.Parse(ReceivingHost.Remote.V6),
        Destination = IPAddress.Parse(ReceivingHost.Local.V6),
    };

    private static readonly IPv4Fields _inner = new() { Source = IPAddress.Parse(_tunnel.Remote), Destination = IPAddress.Parse(_tunnel.Local) };

    private static readonly FieldChecksum[] _fields = [FieldChecksum.Good, FieldChecksum.Bad, FieldChecksum.Zero, FieldChecksum.Partial];

    public static IEnumerable<HostFrame> All()
    {
        uint mark = 0;
        foreach ((string words, Func<uint, byte[]> build, VnetHeader header) in Describe())
        {
            mark++;
            yield return new HostFrame(mark, build(mark), header, words);
        }
    }

    private static IEnumerable<(string Words, Func<uint, byte[]> Build, VnetHeader Header)> Describe() =>
        [.. Plain(0), .. Plain(DataValid), .. OwedOnes(), .. Lengths(), .. Tunnelled()];

    /// <summary>Nothing is owed; a word of the writer that the checksum is good is not heard.</summary>
    private static IEnumerable<(string, Func<uint, byte[]>, VnetHeader)> Plain(byte flags)
    {
        var header = new VnetHeader { Flags = flags };
        foreach (FieldChecksum field in _fields)
            yield return ($"UDP over IPv4, {field}, flags {flags}", mark => Udp(_ipv4, field, mark), header);
        foreach (FieldChecksum field in _fields[..3])
            yield return ($"UDP over IPv6, {field}, flags {flags}", mark => Udp(_ipv6, field, mark), header);
        foreach (FieldChecksum field in (FieldChecksum[])[FieldChecksum.Good, FieldChecksum.Bad, FieldChecksum.Partial])
            yield return ($"TCP over IPv4, {field}, flags {flags}", mark => Tcp(_ipv4, field, mark), header);
        yield return ($"TCP over IPv6, bad, flags {flags}", mark => Tcp(_ipv6, FieldChecksum.Bad, mark), header);
        yield return ($"ICMP, good, flags {flags}", mark => Echo(_ipv4, 1, 8, 0, mark), header);
        yield return ($"ICMP, bad, flags {flags}", mark => Echo(_ipv4, 1, 8, 0x11, mark), header);
        yield return ($"ICMPv6, bad, flags {flags}", mark => Echo(_ipv6, 58, 128, 0x11, mark), header);
        yield return (
            $"IPv4 header, bad, flags {flags}", mark => Udp(_ipv4 with { HeaderChecksum = FieldChecksum.Bad }, FieldChecksum.Good, mark), header);
    }

    private static IEnumerable<(string, Func<uint, byte[]>, VnetHeader)> OwedOnes()
    {
        foreach (FieldChecksum field in (FieldChecksum[])[FieldChecksum.Partial, FieldChecksum.Bad, FieldChecksum.Zero])
            yield return ($"UDP over IPv4, owed, {field}", mark => Udp(_ipv4, field, mark), Owed(34, 6));
        foreach (FieldChecksum field in (FieldChecksum[])[FieldChecksum.Partial, FieldChecksum.Zero, FieldChecksum.Bad])
            yield return ($"UDP over IPv6, owed, {field}", mark => Udp(_ipv6, field, mark), Owed(54, 6));
        foreach (FieldChecksum field in (FieldChecksum[])[FieldChecksum.Partial, FieldChecksum.Bad])
            yield return ($"TCP, owed, {field}", mark => Tcp(_ipv4, field, mark), Owed(34, 16));
        yield return ("TCP, owed from the IP header on", mark => Tcp(_ipv4, FieldChecksum.Partial, mark), Owed(14, 16));
        yield return ("UDP, owed beyond the frame", mark => Udp(_ipv4, FieldChecksum.Good, mark), Owed(4000, 6));
        yield return (
            "UDP, owed and said to be good", mark => Udp(_ipv4, FieldChecksum.Bad, mark),
            Owed(34, 6) with { Flags = VnetHeader.NeedsChecksum | DataValid });
    }

    private static IEnumerable<(string, Func<uint, byte[]>, VnetHeader)> Lengths()
    {
        yield return ("UDP, zero padding", mark => [.. Udp(_ipv4, FieldChecksum.Good, mark), 0, 0, 0, 0, 0, 0], default);
        yield return ("UDP, other padding", mark => [.. Udp(_ipv4, FieldChecksum.Good, mark), .. "junkjunk"u8], default);
        yield return ("UDP, bad, padding", mark => [.. Udp(_ipv4, FieldChecksum.Bad, mark), .. "junkjunk"u8], default);
        yield return ("UDP, owed, padding", mark => [.. Udp(_ipv4, FieldChecksum.Partial, mark), .. "junkjunk"u8], Owed(34, 6));
        foreach (ushort length in (ushort[])[12, 200, 0])
            yield return ($"UDP of {length} bytes by its own word", mark => Udp(_ipv4, FieldChecksum.Zero, mark, length), default);
        yield return ("UDP in an unknown VLAN", mark => Tagged(5, mark), default);
        yield return ("UDP with a priority tag", mark => Tagged(0, mark), default);
        yield return (
            "three datagrams in a super-frame", mark => Datagram(_ipv4, FieldChecksum.Partial, [.. Bytes(mark), .. new byte[296]]),
            Owed(34, 6) with { GsoType = VnetHeader.GsoUdpL4, GsoSize = 100, HeaderLength = 42 });
    }

    private static IEnumerable<(string, Func<uint, byte[]>, VnetHeader)> Tunnelled()
    {
        foreach (FieldChecksum outer in (FieldChecksum[])[FieldChecksum.Good, FieldChecksum.Zero, FieldChecksum.Bad])
        {
            foreach (FieldChecksum inner in _fields)
                yield return ($"VXLAN, {outer} outside, {inner} inside", mark => Vxlan(outer, inner, mark), default);
        }
        yield return ("VXLAN, zero outside, owed inside", mark => Vxlan(FieldChecksum.Zero, FieldChecksum.Partial, mark), Owed(84, 6));
        yield return ("VXLAN, bad outside, owed inside", mark => Vxlan(FieldChecksum.Bad, FieldChecksum.Partial, mark), Owed(84, 6));
        yield return ("VXLAN, owed outside, bad inside", mark => Vxlan(FieldChecksum.Partial, FieldChecksum.Bad, mark), Owed(34, 6));
        yield return ("VXLAN, owed outside, good inside", mark => Vxlan(FieldChecksum.Partial, FieldChecksum.Good, mark), Owed(34, 6));
    }

    private static VnetHeader Owed(ushort start, ushort offset) =>
        new() { Flags = VnetHeader.NeedsChecksum, ChecksumStart = start, ChecksumOffset = offset };

    private static byte[] Udp(IPFields ip, FieldChecksum field, uint mark, ushort? length = null) => Datagram(ip, field, Text(mark), length);

    private static byte[] Datagram(IPFields ip, FieldChecksum field, byte[] payload, ushort? length = null) =>
        ReceivingHost.Frame(Frames.Udp(
            ip, new UdpFields { SourcePort = 99, DestinationPort = ReceivingHost.Port, Checksum = field, LengthField = length }, payload));

    private static byte[] Tcp(IPFields ip, FieldChecksum field, uint mark) => ReceivingHost.Frame(Frames.Tcp(
        ip, new TcpFields { SourcePort = 99, DestinationPort = 9, Sequence = mark << 12, Flags = TcpFields.Syn, Checksum = field }, []));

    private static byte[] Echo(IPFields ip, byte protocol, byte type, ushort wrong, uint mark)
    {
        byte[] message = [type, 0, 0, 0, .. Bytes(mark), .. new byte[20]];
        ushort pseudo = protocol == 58 ? ip.PseudoSum(protocol, message.Length) : (ushort)0;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)(PlainSum.Checksum(message, pseudo) ^ wrong));
        return ReceivingHost.Frame(ip.Wrap(protocol, message));
    }

    private static byte[] Tagged(ushort number, uint mark)
    {
        byte[] frame = Udp(_ipv4, FieldChecksum.Good, mark);
        return [.. frame[..12], 0x81, 0, (byte)(number >> 8), (byte)number, .. frame[12..]];
    }

    private static byte[] Vxlan(FieldChecksum outer, FieldChecksum inner, uint mark)
    {
        byte[] packet = Frames.Udp(
            _inner, new UdpFields { SourcePort = 99, DestinationPort = ReceivingHost.Port, Checksum = inner }, Text(mark));
        return ReceivingHost.Frame(Frames.Vxlan(_ipv4, outer, ReceivingHost.Frame(packet, _tunnel), _tunnel.Identifier, sourcePort: 5000));
    }

    private static byte[] Text(uint mark) => [.. Bytes(mark), .. "hello world"u8];

    private static byte[] Bytes(uint mark) => [(byte)(mark >> 24), (byte)(mark >> 16), (byte)(mark >> 8), (byte)mark];
}
