using System.Buffers.Binary;
using System.Net;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Kernel.Reception;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Seeded random frames to a host, of which about half have something wrong with a length, a checksum, or a bit.</summary>
/// <remarks>What is changed behind a checksum's back is never the mark, so that what is taken can be told.</remarks>
internal sealed class HostFrameSource(Random random, bool hasUdpLite)
{
    private const int MarkLength = sizeof(uint);

    private enum Protocol
    {
        Icmp = 1,
        Tcp = 6,
        Udp = 17,
        IcmpV6 = 58,
        UdpLite = 136,
    }

    public HostFrame Next(uint mark)
    {
        HostTunnel? tunnel = Chance(3) ? ReceivingHost.Tunnels[random.Next(ReceivingHost.Tunnels.Length)] : null;
        IPFields ip = tunnel is not null ? Inner(tunnel) : Chance(2) ? Outer(isIPv6: false) : Outer(isIPv6: true);
        Protocol protocol = NextProtocol(ip, tunnel);
        FieldChecksum kind = NextKind();
        // Of UDP-Lite that is covered in part Linux forgets where a checksum begins that is owed, as with Owed in an IPv4 header, and drops one
        // of a few hundred by chance.
        bool canBeOwed = protocol != Protocol.UdpLite;
        bool isRemote = canBeOwed && tunnel is not null && Chance(tunnel.Identifier == 8 ? 2 : 10);
        bool isOwed = canBeOwed && Chance(8);

        byte[] transport = Transport(protocol, ip, isRemote ? FieldChecksum.Partial : kind, mark, isInside: tunnel is not null);
        ip = Chance(10) ? WithWrongLength(ip, transport.Length) : ip;
        bool isUnprotected = isOwed || isRemote || (protocol == Protocol.Udp && transport[6] == 0 && transport[7] == 0);
        if (Chance(6))
            Flip(transport, protocol, isUnprotected);
        byte[] bytes = ReceivingHost.Frame(ip.Wrap((byte)protocol, transport), tunnel);
        if (ip is IPv4Fields && Chance(20))
            bytes[14 + random.Next(20)] ^= NextBits();
        int transportOffset = 14 + ip.HeaderLength;
        int outerTransport = transportOffset;
        string words = $"{ip.GetType().Name[..4]} {protocol} {kind} {transport.Length}";
        if (tunnel is not null)
        {
            FieldChecksum outer = NextKind();
            IPFields carrier = Outer(tunnel.IsIPv6);
            byte[] vxlan = [0x08, 0, 0, 0, 0, 0, (byte)tunnel.Identifier, 0, .. bytes, .. NextPadding()];
            if (isRemote)
            {
                vxlan[1] = 0x20;
                vxlan[7] = (byte)((transportOffset / 2) | 0x80);
            }
            var udp = new UdpFields { SourcePort = (ushort)random.Next(1024, 65536), DestinationPort = tunnel.Port, Checksum = outer };
            bytes = ReceivingHost.Frame(Frames.Udp(carrier, udp, vxlan));
            outerTransport = 14 + carrier.HeaderLength;
            transportOffset += outerTransport + 16;
            words = $"VXLAN {tunnel.Identifier} {outer}{(isRemote ? " remote" : "")}: {words}";
        }
        VnetHeader header = isOwed ? Owed(protocol, outerTransport, transportOffset, bytes.Length) : default;
        return new HostFrame(mark, [.. bytes, .. NextPadding()], header, $"{words}, owed at {header.ChecksumStart}");
    }

    private static IPFields Inner(HostTunnel tunnel) =>
        new IPv4Fields { Source = IPAddress.Parse(tunnel.Remote), Destination = IPAddress.Parse(tunnel.Local) };

    private static IPFields Outer(bool isIPv6) => isIPv6
        ? new IPv6Fields { Source = IPAddress.Parse(ReceivingHost.Remote.V6), Destination = IPAddress.Parse(ReceivingHost.Local.V6) }
        : new IPv4Fields { Source = IPAddress.Parse(ReceivingHost.Remote.V4), Destination = IPAddress.Parse(ReceivingHost.Local.V4) };

    private Protocol NextProtocol(IPFields ip, HostTunnel? tunnel)
    {
        if (hasUdpLite && Chance(6))
            return Protocol.UdpLite;
        if (tunnel is not null)
            return Protocol.Udp;
        return random.Next(4) switch
        {
            0 or 1 => Protocol.Udp,
            2 => Protocol.Tcp,
            _ => ip is IPv6Fields ? Protocol.IcmpV6 : Protocol.Icmp,
        };
    }

    private FieldChecksum NextKind() => random.Next(12) switch
    {
        0 or 1 => FieldChecksum.Bad,
        2 or 3 => FieldChecksum.Zero,
        4 => FieldChecksum.Partial,
        _ => FieldChecksum.Good,
    };

    private byte[] Transport(Protocol protocol, IPFields ip, FieldChecksum kind, uint mark, bool isInside)
    {
        byte[] payload = new byte[MarkLength + random.Next(3) switch { 0 => random.Next(0, 60), 1 => random.Next(0, 130), _ => random.Next(1200) }];
        random.NextBytes(payload);
        BinaryPrimitives.WriteUInt32BigEndian(payload, mark);
        ushort source = (ushort)random.Next(1024, 65536);
        switch (protocol)
        {
            case Protocol.Tcp:
                // Nobody listens at 9, so what is taken is answered by a reset.
                return Frames.TcpSegment(
                    ip, new TcpFields { SourcePort = source, DestinationPort = 9, Sequence = mark << 12, Flags = TcpFields.Syn, Checksum = kind }, payload);
            case Protocol.Udp:
                // Inside of its tunnels Linux merges, and judges there by the length of the IP packet: it takes what UDP's own length makes wrong.
                ushort? length = !isInside && Chance(10) ? NextUdpLength(payload.Length + 8) : null;
                return Frames.UdpDatagram(
                    ip, new UdpFields { SourcePort = source, DestinationPort = ReceivingHost.Port, Checksum = kind, LengthField = length }, payload);
            case Protocol.UdpLite:
                return UdpLite(ip, kind, source, payload);
            default:
                byte[] message = [protocol == Protocol.Icmp ? (byte)8 : (byte)128, 0, 0, 0, .. payload];
                ushort pseudo = protocol == Protocol.Icmp ? (ushort)0 : ip.PseudoSum((byte)protocol, message.Length);
                ushort checksum = PlainSum.Field(kind, message, pseudo, 0, zeroIsOnes: false);
                BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), checksum);
                return message;
        }
    }

    private byte[] UdpLite(IPFields ip, FieldChecksum kind, ushort source, byte[] payload)
    {
        byte[] datagram = [(byte)(source >> 8), (byte)source, ReceivingHost.Port >> 8, ReceivingHost.Port & 0xFF, 0, 0, 0, 0, .. payload];
        int coverage = random.Next(6) switch
        {
            0 => 0,
            1 => 8,
            2 => random.Next(1, 8),
            3 => datagram.Length + random.Next(0, 3),
            _ => random.Next(8, datagram.Length + 1),
        };
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)coverage);
        int covered = coverage == 0 ? datagram.Length : Math.Min(coverage, datagram.Length);
        ushort pseudo = ip.PseudoSum((byte)Protocol.UdpLite, datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(
            datagram.AsSpan(6), PlainSum.Field(kind, datagram.AsSpan(0, covered), pseudo, 0, zeroIsOnes: true));
        return datagram;
    }

    /// <summary>One that cannot be, or one that leaves the mark.</summary>
    private ushort NextUdpLength(int length) => (ushort)(random.Next(3) switch
    {
        0 => random.Next(8),
        1 => length + random.Next(1, 30),
        _ => random.Next(8 + MarkLength, length + 1),
    });

    private IPFields WithWrongLength(IPFields ip, int transport)
    {
        int right = ip is IPv4Fields ? ip.HeaderLength + transport : transport;
        return ip with
        {
            LengthField = (ushort)(random.Next(4) switch
            {
                0 => random.Next(ip is IPv4Fields ? 20 : 8),
                1 => right + random.Next(1, 25),
                2 => random.Next(Math.Max(1, right)),
                _ => Math.Max(0, right - random.Next(1, 4)),
            }),
        };
    }

    /// <summary>Where no checksum notices, only what nobody looks at; else any bit but the mark's.</summary>
    private void Flip(byte[] transport, Protocol protocol, bool isUnprotected)
    {
        int header = protocol switch { Protocol.Tcp => 20, Protocol.Icmp or Protocol.IcmpV6 => 4, _ => 8 };
        int first = isUnprotected ? header + MarkLength : 0;
        if (first >= transport.Length)
            return;
        int at = random.Next(first, transport.Length);
        bool isMark = protocol == Protocol.Tcp ? at is >= 4 and < 8 : at >= header && at < header + MarkLength;
        if (!isMark)
            transport[at] ^= NextBits();
    }

    /// <summary>
    /// Mostly at the innermost transport. Never in an IPv4 header: Linux keeps where it begins and the sum that it has so far in one place, finds
    /// nothing amiss before it has overwritten the one with the other, and then takes some of these packets by chance.
    /// </summary>
    private VnetHeader Owed(Protocol protocol, int outerTransport, int transport, int length)
    {
        ushort offset = protocol switch { Protocol.Tcp => 16, Protocol.Icmp or Protocol.IcmpV6 => 2, _ => 6 };
        int start = random.Next(6) switch
        {
            0 => random.Next(transport, length + 10),
            1 => outerTransport,
            2 when outerTransport == 54 => random.Next(20, outerTransport),
            _ => transport,
        };
        return new VnetHeader { Flags = VnetHeader.NeedsChecksum, ChecksumStart = (ushort)start, ChecksumOffset = offset };
    }

    private byte[] NextPadding()
    {
        byte[] padding = new byte[Chance(4) ? random.Next(1, 24) : 0];
        random.NextBytes(padding);
        return padding;
    }

    private byte NextBits() => (byte)random.Next(1, 256);

    private bool Chance(int oneOf) => random.Next(oneOf) == 0;
}
