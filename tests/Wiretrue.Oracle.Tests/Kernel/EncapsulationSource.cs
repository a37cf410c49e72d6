using System.Buffers.Binary;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Seeded random tunnels: IP in IP, GRE, and what goes over UDP, each around an IP packet or an Ethernet frame.</summary>
internal sealed class EncapsulationSource(Random random, PacketSource packets)
{
    /// <summary>Never more in what is made here.</summary>
    public const int LongestHeaders = 200;

    private const ushort TransparentEthernet = 0x6558, IPv4 = 0x0800, IPv6 = 0x86DD;

    /// <summary>Headers for an IP packet of <paramref name="length"/> bytes.</summary>
    public Encapsulation Next(bool isIPv4, int length)
    {
        ushort type = isIPv4 ? IPv4 : IPv6;
        byte protocol = isIPv4 ? (byte)4 : (byte)41;
        int kind = random.Next(10);
        byte[] link = kind is 2 or 4 or 5 ? NextLink(type) : [];
        return kind switch
        {
            0 => Wrap(EncapsulationKind.IP, NextOuterWithOptions(), protocol, [], link, length),
            1 or 2 => Wrap(EncapsulationKind.Gre, packets.NextOuter(), 47, NextGre(link.Length != 0 ? TransparentEthernet : type), link, length),
            3 => Udp(4790, [0x0C, 0, 0, isIPv4 ? (byte)1 : (byte)2, 0, 0, 66, 0], link, length),
            4 => Udp(4789, [8, 0, 0, 0, 0, 0, 66, 0], link, length),
            5 => Udp(6081, NextGeneve(TransparentEthernet), link, length),
            6 => Udp(6081, NextGeneve(type), link, length),
            // GUE with a header and, in its variant 1, without: then it is FOU by another name.
            7 => Udp(6080, [0, protocol, 0, 0], link, length),
            8 => Udp(6080, [], link, length),
            _ => Udp(4790, [0x0C, 0, 0, 4, 0, 0, 66, 0, .. Nsh(isIPv4)], link, length),
        };
    }

    /// <summary>GRE or UDP with a checksum, to the end of a <see cref="ProgrammedRoute"/>. That of UDP is half-made.</summary>
    public Encapsulation NextWithChecksum(bool isIPv4, int length)
    {
        IPFields outer = packets.NextOuter();
        outer = outer with { Destination = outer is IPv4Fields ? ProgrammedRoute.EndIPv4 : ProgrammedRoute.EndIPv6 };
        if (packets.Chance(0.5))
        {
            byte[] tunnel = packets.Chance(0.5) ? [0x0C, 0, 0, isIPv4 ? (byte)1 : (byte)2, 0, 0, 66, 0] : [];
            byte[] udp = NextUdp(tunnel.Length == 0 ? (ushort)6080 : (ushort)4790, tunnel, length);
            BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(6), outer.PseudoSum(17, udp.Length + length));
            return Wrap(EncapsulationKind.Udp, outer, 17, udp, [], length);
        }
        byte[] gre = packets.Chance(0.5) ? [0x80, 0, 0, 0, 0, 0, 0, 0] : [0xA0, 0, 0, 0, 0, 0, 0, 0, .. NextBytes(4)];
        BinaryPrimitives.WriteUInt16BigEndian(gre.AsSpan(2), isIPv4 ? IPv4 : IPv6);
        return Wrap(EncapsulationKind.Gre, outer, 47, gre, [], length);
    }

    /// <summary>A Geneve option (RFC 8926 3.5) with <paramref name="words"/> times four bytes of data.</summary>
    public static byte[] GeneveOption(int words)
    {
        byte[] option = new byte[4 + (4 * words)];
        BinaryPrimitives.WriteUInt16BigEndian(option, 0x0102);
        option[2] = 1;
        option[3] = (byte)words;
        return option;
    }

    private Encapsulation Udp(ushort port, byte[] tunnel, byte[] link, int length) =>
        Wrap(EncapsulationKind.Udp, packets.NextOuter(), 17, NextUdp(port, tunnel, link.Length + length), link, length);

    private byte[] NextUdp(ushort port, byte[] tunnel, int length)
    {
        byte[] header = new byte[8 + tunnel.Length];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)random.Next(32768, 65536));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), port);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)(header.Length + length));
        tunnel.CopyTo(header, 8);
        return header;
    }

    private static Encapsulation Wrap(EncapsulationKind kind, IPFields outer, byte protocol, byte[] header, byte[] link, int length)
    {
        byte[] packet = outer.Wrap(protocol, [.. header, .. link, .. new byte[length]]);
        return new Encapsulation(outer.EtherType, packet[..^length], kind, link.Length);
    }

    // Only where no other header's place is told from this one's length.
    private IPFields NextOuterWithOptions() => packets.NextOuter() switch
    {
        IPv4Fields v4 when packets.Chance(0.2) => v4 with { Options = [1, 1, 1, 1] },
        // How many levels more there may be (RFC 2473 4.1.1), as ip6_tunnel writes it.
        IPv6Fields v6 when packets.Chance(0.5) => v6 with { Extensions = [(60, [0, 0, 4, 1, 4, 1, 1, 0])] },
        var plain => plain,
    };

    private byte[] NextGre(ushort type)
    {
        byte[] header = packets.Chance(0.5) ? new byte[4] : [0x20, 0, 0, 0, .. NextBytes(4)];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), type);
        return header;
    }

    private byte[] NextGeneve(ushort type)
    {
        byte[] options = packets.Chance(0.5) ? [] : GeneveOption(random.Next(4));
        byte[] header = [(byte)(options.Length / 4), 0, 0, 0, 0, 0, 66, 0, .. options];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), type);
        return header;
    }

    // NSH without metadata (RFC 8300): an hour to live, two words long, type 2.
    private static byte[] Nsh(bool isIPv4) => [0x0F, 0xC2, 2, isIPv4 ? (byte)1 : (byte)2, 0, 0, 7, 255];

    private byte[] NextLink(ushort type)
    {
        byte[] addresses = [2, 0, 0, 0, 1, 1, 2, 0, 0, 0, 1, 2];
        byte[] tag = packets.Chance(0.2) ? [0x81, 0, .. NextBytes(2)] : [];
        return [.. addresses, .. tag, (byte)(type >> 8), (byte)type];
    }

    private byte[] NextBytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
