using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace HalfMade;

/// <summary>What a stack hands to its card: an Ethernet frame of TCP over IPv4, whose checksum is the card's to finish.</summary>
internal static class HalfMadeFrame
{
    private const int NetworkStart = 14;
    private const int TransportStart = NetworkStart + IPv4Header.MinimumSize;
    private const int PayloadStart = TransportStart + TcpHeader.MinimumSize;

    /// <summary>Writes the headers, and in the TCP checksum's field no more than the pseudo-header's sum.</summary>
    public static byte[] Create(int payloadLength)
    {
        byte[] frame = new byte[PayloadStart + payloadLength];
        for (int i = PayloadStart; i < frame.Length; i++)
            frame[i] = (byte)i;

        Span<byte> ip = frame.AsSpan(NetworkStart, IPv4Header.MinimumSize);
        Span<byte> tcp = frame.AsSpan(TransportStart);
        int segmentLength = TcpHeader.MinimumSize + payloadLength;
        new EthernetHeaderFields(Destination: 0x02_00_00_00_00_02, Source: 0x02_00_00_00_00_01, EtherType.IPv4).Write(frame);
        new IPv4HeaderFields(
            HeaderLength: IPv4Header.MinimumSize, TypeOfService: 0, TotalLength: (ushort)(IPv4Header.MinimumSize + segmentLength),
            Identification: 1, DontFragment: true, MoreFragments: false, FragmentOffset: 0, TimeToLive: 64, IPProtocol.Tcp, Checksum: 0,
            Source: 0xC0_00_02_01, Destination: 0xC0_00_02_02).Write(ip);
        IPv4Header.SetChecksum(ip, InternetChecksum.Hash(ip));
        new TcpHeaderFields(
            SourcePort: 40000, DestinationPort: 5001, Sequence: 1, Acknowledgment: 1, HeaderLength: TcpHeader.MinimumSize,
            TcpFlags.Ack | TcpFlags.Psh, Window: 1000, Checksum: 0, UrgentPointer: 0).Write(tcp);

        PacketLayout layout = default;
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, ref layout);
        TcpHeader.SetChecksum(tcp, PseudoHeader.Sum(frame, layout, layout.OuterTransport, segmentLength));
        return frame;
    }

    /// <summary>What the card owes to such a frame.</summary>
    /// <param name="segment">Payload bytes of each segment to cut it into; 0 to leave it whole.</param>
    public static OffloadState Owed(int segment) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumStart = TransportStart,
        ChecksumOffset = TcpHeader.ChecksumOffset,
        GsoType = segment == 0 ? GsoType.None : GsoType.TcpV4,
        GsoSize = segment,
    };
}
