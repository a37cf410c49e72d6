using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Frames that nothing is coalesced with: other protocols, fragments, and what is cut short.</summary>
internal static class StrangeFrames
{
    /// <summary>The next one.</summary>
    public static byte[] Next(Random random)
    {
        byte[] payload = TransportDisturbances.NextPayload(random, random.Next(1, 200));
        IPFields ip = random.Next(2) == 0 ? new IPv4Fields { Id = (ushort)random.Next(65536) } : new IPv6Fields();
        return random.Next(8) switch
        {
            // ARP, LLDP and the like.
            0 => Frames.Ethernet((ushort)random.Next(0x0600, 0x0800), payload),
            1 => Frames.Ethernet(0x0806, new byte[28]),
            // ICMP's echo.
            2 => Frames.Ethernet(ip.Wrap((byte)(ip is IPv4Fields ? 1 : 58), [8, 0, 0, 0, .. payload])),
            3 => Frames.Ethernet(Frames.Sctp(ip, FieldChecksum.Good, payload)),
            4 => Frames.Ethernet(new IPv4Fields { FragmentOffset = (ushort)random.Next(1, 100) }.Wrap((byte)(random.Next(2) == 0 ? 6 : 17), payload)),
            5 => Frames.Ethernet(Frames.Tcp(ip, new TcpFields(), payload))[..random.Next(14, 54)],
            6 => WrongStart(Frames.Ethernet(Frames.Tcp(ip, new TcpFields(), payload)), random),
            // A TCP header that says of itself that it is too short, or longer than the packet.
            _ => WrongTcpLength(ip, random, payload),
        };
    }

    private static byte[] WrongStart(byte[] frame, Random random)
    {
        // Linux holds what Ethernet calls IPv6 whatever version it says; we do not, as nobody could cut it.
        bool isIPv6 = frame[12] == 0x86;
        frame[14] = (byte)(isIPv6 ? 0x60 | random.Next(16) : random.Next(256));
        return frame;
    }

    private static byte[] WrongTcpLength(IPFields ip, Random random, byte[] payload)
    {
        byte[] segment = Frames.TcpSegment(ip, new TcpFields(), payload);
        segment[12] = (byte)(random.Next(16) << 4);
        segment[16] = segment[17] = 0;
        ushort checksum = PlainSum.Checksum(segment, ip.PseudoSum(6, segment.Length));
        (segment[16], segment[17]) = ((byte)(checksum >> 8), (byte)checksum);
        return Frames.Ethernet(ip.Wrap(6, segment));
    }
}
