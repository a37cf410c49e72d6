using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Packets;

namespace Wiretrue.Compare.Segmentation;

/// <summary>A frame that stands for 44 frames of 1448 bytes of payload, and where its headers are.</summary>
/// <remarks>
/// Lengths are those of DPDK's <c>struct rte_mbuf</c>: <paramref name="L2"/> is everything between the outer and the inner network header. The
/// checksums are owed: their fields hold what the sender leaves to a card, the pseudo-header's sum.
/// </remarks>
/// <param name="Bytes">All of them, in memory that does not move.</param>
/// <param name="State">What is owed to them.</param>
/// <param name="OuterL2">Bytes before a tunnel's network header; 0 without a tunnel.</param>
/// <param name="OuterL3">Bytes of a tunnel's network header; 0 without a tunnel.</param>
/// <param name="L2">Bytes before the network header.</param>
/// <param name="L3">Bytes of the network header.</param>
/// <param name="L4">Bytes of the transport header.</param>
internal sealed record SuperFrame(byte[] Bytes, OffloadState State, int OuterL2, int OuterL3, int L2, int L3, int L4)
{
    /// <summary>Frames that it stands for.</summary>
    public const int Segments = 44;

    /// <summary>Payload bytes of each.</summary>
    public const int SegmentPayload = 1448;

    private const int Payload = Segments * SegmentPayload;
    private const int Ethernet = 14;
    private const int IPv4 = 20;
    private const int IPv6 = 40;
    private const int Udp = 8;
    private const int Vxlan = 8;
    private const int TcpWithTimestamps = 32;
    private const byte ProtocolTcp = 6;
    private const byte ProtocolUdp = 17;

    private int HeaderLength => OuterL2 + OuterL3 + L2 + L3 + L4;

    /// <summary>The longest frame that comes out, headers included.</summary>
    public int LongestSegment => HeaderLength + SegmentPayload;

    /// <summary>TCP over IPv4, with timestamps.</summary>
    public static SuperFrame TcpV4()
    {
        byte[] bytes = Allocate(Ethernet + IPv4 + TcpWithTimestamps);
        WriteTcpV4(bytes, Ethernet);
        return new SuperFrame(bytes, Owed(GsoType.TcpV4, Ethernet + IPv4), 0, 0, Ethernet, IPv4, TcpWithTimestamps);
    }

    /// <summary>TCP over IPv6, with timestamps.</summary>
    public static SuperFrame TcpV6()
    {
        byte[] bytes = Allocate(Ethernet + IPv6 + TcpWithTimestamps);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), 0x86DD);
        Span<byte> ip = bytes.AsSpan(Ethernet);
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(ip.Length - IPv6));
        ip[6] = ProtocolTcp;
        ip[7] = 64;
        Convert.FromHexString("20010DB8000000000000000000000001" + "20010DB8000000000000000000000002").CopyTo(ip[8..]);
        WriteTcp(ip[IPv6..], Sum(ip[8..IPv6]) + ProtocolTcp + (ulong)(ip.Length - IPv6));
        return new SuperFrame(bytes, Owed(GsoType.TcpV6, Ethernet + IPv6), 0, 0, Ethernet, IPv6, TcpWithTimestamps);
    }

    /// <summary>UDP over IPv4.</summary>
    public static SuperFrame UdpV4()
    {
        byte[] bytes = Allocate(Ethernet + IPv4 + Udp);
        Span<byte> ip = WriteIPv4(bytes, Ethernet, ProtocolUdp);
        WriteUdp(ip[IPv4..], 5001, PseudoHeader(ip, ProtocolUdp));
        return new SuperFrame(bytes, Owed(GsoType.UdpL4, Ethernet + IPv4), 0, 0, Ethernet, IPv4, Udp);
    }

    /// <summary>A frame of 64 bytes, and no super-frame: UDP over IPv4, its checksum owed.</summary>
    public static SuperFrame SmallUdpV4()
    {
        byte[] bytes = Allocate(Ethernet + IPv4 + Udp)[..64];
        Span<byte> ip = WriteIPv4(bytes, Ethernet, ProtocolUdp);
        WriteUdp(ip[IPv4..], 5001, PseudoHeader(ip, ProtocolUdp));
        var state = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = Ethernet + IPv4, ChecksumOffset = 6 };
        return new SuperFrame(bytes, state, 0, 0, Ethernet, IPv4, Udp);
    }

    /// <summary>TCP over IPv4 in VXLAN over IPv4; the outer UDP header has no checksum.</summary>
    public static SuperFrame TcpV4InVxlan()
    {
        const int Between = Udp + Vxlan + Ethernet;
        byte[] bytes = Allocate(Ethernet + IPv4 + Between + IPv4 + TcpWithTimestamps);
        Span<byte> udp = WriteIPv4(bytes, Ethernet, ProtocolUdp)[IPv4..];
        WriteUdp(udp, 4789, pseudoHeader: 0);
        udp[Udp] = 0x08; // The network identifier is there.
        udp[Udp + 6] = 42;
        WriteTcpV4(bytes, Ethernet + IPv4 + Between);
        OffloadState state = Owed(GsoType.TcpV4 | GsoType.UdpTunnel, Ethernet + IPv4 + Between + IPv4);
        return new SuperFrame(bytes, state, Ethernet, IPv4, Between, IPv4, TcpWithTimestamps);
    }

    private static byte[] Allocate(int headers)
    {
        byte[] bytes = GC.AllocateArray<byte>(headers + Payload, pinned: true);
        new Random(793).NextBytes(bytes.AsSpan(headers));
        return bytes;
    }

    private static OffloadState Owed(GsoType type, int transport) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumStart = transport,
        ChecksumOffset = type == GsoType.UdpL4 ? (ushort)6 : (ushort)16,
        GsoType = type,
        GsoSize = SegmentPayload,
        GsoSegments = Segments,
    };

    private static void WriteTcpV4(Span<byte> bytes, int offset)
    {
        Span<byte> ip = WriteIPv4(bytes, offset, ProtocolTcp);
        WriteTcp(ip[IPv4..], PseudoHeader(ip, ProtocolTcp));
    }

    private static Span<byte> WriteIPv4(Span<byte> bytes, int offset, byte protocol)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(offset - 2)..], 0x0800);
        Span<byte> ip = bytes[offset..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)ip.Length);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], 0xFFF0); // Wraps within the segments.
        ip[8] = 64;
        ip[9] = protocol;
        Convert.FromHexString("C0000201" + "C0000202").CopyTo(ip[12..]);
        return ip;
    }

    private static void WriteTcp(Span<byte> tcp, ulong pseudoHeader)
    {
        BinaryPrimitives.WriteUInt16BigEndian(tcp, 40000);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], 443);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], 0xFFFF_8000);
        tcp[12] = TcpWithTimestamps / 4 << 4;
        tcp[13] = 0x18; // PSH and ACK
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 512);
        Convert.FromHexString("0101080A" + "0000000100000002").CopyTo(tcp[20..]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], InternetChecksum.Fold(pseudoHeader));
    }

    private static void WriteUdp(Span<byte> udp, ushort port, ulong pseudoHeader)
    {
        BinaryPrimitives.WriteUInt16BigEndian(udp, 40000);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], InternetChecksum.Fold(pseudoHeader));
    }

    private static ulong PseudoHeader(ReadOnlySpan<byte> ip, byte protocol) => Sum(ip[12..IPv4]) + protocol + (ulong)(ip.Length - IPv4);

    private static ulong Sum(ReadOnlySpan<byte> bytes) => InternetChecksum.Sum(bytes);
}
