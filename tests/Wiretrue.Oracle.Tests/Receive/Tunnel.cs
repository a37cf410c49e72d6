using System.Net;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>A tunnel around a flow's packets, which has its own headers disturbed here and there.</summary>
/// <param name="random">What all is drawn from.</param>
/// <param name="inner">The packets, from the IP header on.</param>
/// <param name="outer">The outer headers.</param>
/// <param name="header">The tunnel's own header and the packet behind it.</param>
internal sealed class Tunnel(Random random, Func<byte[]> inner, Draft outer, Func<byte[], byte[]> header)
{
    private readonly Identifications _identifications = new(random);
    private readonly int _calm = random.Next(3) == 0 ? 15 : int.MaxValue;
    private Draft _outer = outer;

    /// <summary>VXLAN (RFC 7348), with a checksum or without, as each flow has it.</summary>
    public static Tunnel Vxlan(Random random, Func<byte[]> inner, int number)
    {
        var udp = new UdpFields
        {
            SourcePort = (ushort)(50000 + number),
            DestinationPort = GroRoute.VxlanPort,
            Checksum = random.Next(2) == 0 ? FieldChecksum.Good : FieldChecksum.Zero,
        };
        int network = random.Next(3) == 0 ? random.Next(1 << 24) : 66;
        int changes = random.Next(3) == 0 ? 30 : int.MaxValue;
        return new Tunnel(random, inner, new Draft { IP = NextOuter(random, random.Next(3) == 0), Udp = udp }, Wrap);

        byte[] Wrap(byte[] packet)
        {
            byte[] header = [0x08, 0, 0, 0, (byte)(network >> 16), (byte)(network >> 8), (byte)network, 0];
            // Another network, or a group's policy; other flags say that nobody who does not know them can tell what follows.
            if (random.Next(changes) == 0)
                header[random.Next(4, 7)] ^= (byte)(1 << random.Next(8));
            if (random.Next(changes) == 0)
                (header[0], header[3]) = (0x88, (byte)random.Next(3));
            return [.. header, .. BurstSource.InEthernet(random, packet)];
        }
    }

    /// <summary>GRE (RFC 2784, RFC 2890), with all that it may have, and bridged frames as well.</summary>
    public static Tunnel Gre(Random random, Func<byte[]> inner, int number)
    {
        bool hasChecksum = random.Next(3) == 0, hasKey = random.Next(3) == 0, hasSequence = random.Next(10) == 0, isBridged = random.Next(4) == 0;
        int changes = random.Next(3) == 0 ? 30 : int.MaxValue;
        return new Tunnel(random, inner, new Draft { IP = NextOuter(random, random.Next(3) == 0), Protocol = 47 }, Wrap);

        byte[] Wrap(byte[] packet)
        {
            byte flags = (byte)((hasChecksum ? 0x80 : 0) | (hasKey ? 0x20 : 0) | (hasSequence ? 0x10 : 0));
            int type = isBridged ? 0x6558 : packet[0] >> 4 == 4 ? 0x0800 : 0x86DD;
            byte[] gre =
            [
                flags, 0, (byte)(type >> 8), (byte)type,
                .. hasChecksum ? new byte[4] : [],
                .. hasKey ? (byte[])[0, 0, 0, (byte)number] : [],
                .. hasSequence ? (byte[])[0, 0, 0, 1] : [],
                .. isBridged ? BurstSource.InEthernet(random, packet) : packet,
            ];
            bool isChanged = random.Next(changes) == 0;
            int at = random.Next(hasKey || hasChecksum ? 8 : 4);
            if (isChanged && random.Next(2) == 0)
                gre[at] ^= (byte)(1 << random.Next(8));
            if (hasChecksum)
            {
                ushort checksum = PlainSum.Checksum(gre);
                (gre[4], gre[5]) = ((byte)(checksum >> 8), (byte)checksum);
            }
            if (isChanged && random.Next(2) == 0)
                gre[at] ^= (byte)(1 << random.Next(8));
            return gre;
        }
    }

    /// <summary>IP in IP: IPIP, SIT and their like, by the two families.</summary>
    public static Tunnel IP(Random random, Func<byte[]> inner, bool isOuterIPv6, bool isInnerIPv6) =>
        new(random, inner, new Draft { IP = NextOuter(random, isOuterIPv6), Protocol = (byte)(isInnerIPv6 ? 41 : 4) }, packet => packet);

    /// <summary>The next packet.</summary>
    public byte[] NextPacket()
    {
        Draft sent = _outer with { Payload = header(inner()) };
        if (random.Next(_calm) == 0)
        {
            if (random.Next(3) == 0 && sent.Udp is { } udp)
                sent.Udp = NextDisturbed(udp);
            else
                IPDisturbances.Disturb(random, sent);
        }
        Draft kept = random.Next(4) == 0 ? sent with { Trailer = [] } : _outer;
        _outer = kept with { IP = _identifications.After(kept.IP) };
        return sent.Build();
    }

    private UdpFields NextDisturbed(UdpFields udp) => random.Next(5) switch
    {
        0 => udp with { Checksum = udp.Checksum == FieldChecksum.Zero ? FieldChecksum.Good : FieldChecksum.Zero },
        1 => udp with { Checksum = FieldChecksum.Bad },
        2 => udp with { SourcePort = (ushort)(udp.SourcePort ^ 1) },
        3 => udp with { LengthField = (ushort)random.Next(2000) },
        _ => udp with { LengthField = 0 },
    };

    private static IPFields NextOuter(Random random, bool isIPv6) => isIPv6
        ? new IPv6Fields
        {
            Source = IPAddress.Parse("2001:db8:1::1"),
            Destination = IPAddress.Parse("2001:db8:1::2"),
            FlowLabel = random.Next(1 << 20),
            Extensions = random.Next(10) == 0 ? IPDisturbances.NextExtensions(random) : [],
        }
        : new IPv4Fields
        {
            Source = IPAddress.Parse("198.51.100.1"),
            Destination = IPAddress.Parse("198.51.100.2"),
            Id = (ushort)random.Next(65536),
            DontFragment = random.Next(2) == 0,
        };
}
