using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis;

/// <summary>
/// Packets for tests, built by plain code that shares nothing with the library. Innermost first:
/// <c>Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)))</c>.
/// </summary>
public static class Frames
{
    /// <summary>The Ethernet addresses of every built frame: locally administered, destination first.</summary>
    public static ReadOnlySpan<byte> Addresses => [0x02, 0, 0, 0, 0, 0x0B, 0x02, 0, 0, 0, 0, 0x0A];

    /// <summary>Bytes that tell where they stand: no two neighbouring kilobytes are alike.</summary>
    public static byte[] Payload(int length, int seed = 7)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)((i * seed) + (i >> 8));
        return bytes;
    }

    /// <summary>An Ethernet frame around an IP packet.</summary>
    /// <param name="packet">The packet; its version nibble gives the type.</param>
    /// <param name="tags">802.1Q tags from the outside in, each TPID and TCI.</param>
    public static byte[] Ethernet(ReadOnlySpan<byte> packet, params (ushort Tpid, ushort Tci)[] tags) =>
        Ethernet(packet[0] >> 4 == 6 ? (ushort)0x86DD : (ushort)0x0800, packet, tags);

    /// <summary>An Ethernet frame around anything.</summary>
    public static byte[] Ethernet(ushort etherType, ReadOnlySpan<byte> payload, params (ushort Tpid, ushort Tci)[] tags)
    {
        byte[] frame = new byte[14 + (4 * tags.Length) + payload.Length];
        Addresses.CopyTo(frame);
        int offset = 12;
        foreach ((ushort tpid, ushort tci) in tags)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(offset), tpid);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(offset + 2), tci);
            offset += 4;
        }
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(offset), etherType);
        payload.CopyTo(frame.AsSpan(offset + 2));
        return frame;
    }

    /// <summary>An IP packet that carries TCP.</summary>
    public static byte[] Tcp(IPFields ip, TcpFields tcp, ReadOnlySpan<byte> payload) => ip.Wrap(6, TcpSegment(ip, tcp, payload));

    /// <summary>A TCP header and its payload, without the IP header that its checksum speaks of.</summary>
    public static byte[] TcpSegment(IPFields ip, TcpFields tcp, ReadOnlySpan<byte> payload)
    {
        int headerLength = 20 + tcp.Options.Length;
        byte[] segment = new byte[headerLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, tcp.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), tcp.DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), tcp.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), tcp.Acknowledgment);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(12), (ushort)((headerLength / 4 << 12) | tcp.Flags));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), tcp.Window);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(18), tcp.UrgentPointer);
        tcp.Options.CopyTo(segment, 20);
        payload.CopyTo(segment.AsSpan(headerLength));
        Store(segment, 16, ip, 6, tcp.Checksum, zeroIsOnes: false);
        return segment;
    }

    /// <summary>An IP packet that carries UDP.</summary>
    public static byte[] Udp(IPFields ip, UdpFields udp, ReadOnlySpan<byte> payload) => ip.Wrap(17, UdpDatagram(ip, udp, payload));

    /// <summary>A UDP header and its payload, without the IP header that its checksum speaks of.</summary>
    public static byte[] UdpDatagram(IPFields ip, UdpFields udp, ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, udp.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), udp.DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), udp.LengthField ?? (ushort)datagram.Length);
        payload.CopyTo(datagram.AsSpan(8));
        Store(datagram, 6, ip, 17, udp.Checksum, zeroIsOnes: true);
        return datagram;
    }

    /// <summary>An IP packet that carries SCTP: the common header and chunk bytes; good or zero CRC32c.</summary>
    public static byte[] Sctp(IPFields ip, FieldChecksum checksum, ReadOnlySpan<byte> chunks)
    {
        byte[] packet = new byte[12 + chunks.Length];
        BinaryPrimitives.WriteUInt16BigEndian(packet, 40000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), 38412);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), 0x01020304);
        chunks.CopyTo(packet.AsSpan(12));
        uint crc = checksum switch
        {
            FieldChecksum.Good => PlainSum.Crc32C(packet),
            FieldChecksum.Bad => ~PlainSum.Crc32C(packet),
            _ => 0,
        };
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), crc);
        return ip.Wrap(132, packet);
    }

    /// <summary>An IP packet with an Ethernet frame in VXLAN (RFC 7348).</summary>
    public static byte[] Vxlan(IPFields ip, FieldChecksum outer, ReadOnlySpan<byte> innerFrame, int vni = 66, ushort sourcePort = 40000) =>
        Udp(ip, new UdpFields { SourcePort = sourcePort, DestinationPort = 4789, Checksum = outer },
            [0x08, 0, 0, 0, (byte)(vni >> 16), (byte)(vni >> 8), (byte)vni, 0, .. innerFrame]);

    /// <summary>An IP packet with an Ethernet frame in Geneve (RFC 8926); the options must be whole ones.</summary>
    public static byte[] Geneve(IPFields ip, FieldChecksum outer, ReadOnlySpan<byte> innerFrame, int vni = 66, params ReadOnlySpan<byte> options) =>
        Udp(ip, new UdpFields { DestinationPort = 6081, Checksum = outer },
            [(byte)(options.Length / 4), 0, 0x65, 0x58, (byte)(vni >> 16), (byte)(vni >> 8), (byte)vni, 0, .. options, .. innerFrame]);

    private static void Store(byte[] segment, int field, IPFields ip, byte protocol, FieldChecksum kind, bool zeroIsOnes)
    {
        ushort value = PlainSum.Field(
            kind, segment, ip.PseudoSum(protocol, segment.Length), ip.PseudoSum(protocol, 0), zeroIsOnes);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(field), value);
    }
}
