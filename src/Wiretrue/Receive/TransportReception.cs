using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>Transport headers on the way in, in the order in which Linux looks at their fields.</summary>
internal static class TransportReception
{
    private const int ShortestSctp = SctpHeader.Size + 4;
    private const int ShortestIcmp = 8;

    /// <summary><c>tcp_v4_rcv</c>, <c>tcp_v6_rcv</c>.</summary>
    public static ReceiveDropReason Tcp(ref ReceiveCursor cursor)
    {
        int headerLength = (cursor.Bytes[12] >> 4) << 2;
        if (headerLength < TcpHeader.MinimumSize)
            return ReceiveDropReason.TcpHeaderInvalid;
        if (headerLength > cursor.Length)
            return ReceiveDropReason.HeaderIncomplete;
        return cursor.Verify(cursor.End) ? ReceiveDropReason.None : ReceiveDropReason.TcpChecksum;
    }

    /// <summary><c>__udp4_lib_rcv</c>, <c>__udp6_lib_rcv</c>.</summary>
    public static ReceiveDropReason Udp(ref ReceiveCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Bytes;
        bool isIPv6 = IsOverIPv6(cursor);
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[UdpHeader.LengthOffset..]);
        // A jumbogram's length does not fit (RFC 2675 4); over IPv4 there is no such thing.
        if (length == 0 && isIPv6)
            length = cursor.Length;
        if (length < UdpHeader.Size || length > cursor.Length || !cursor.TryTrim(cursor.Offset + length))
            return ReceiveDropReason.UdpLengthInvalid;

        bool isAbsent = BinaryPrimitives.ReadUInt16BigEndian(bytes[UdpHeader.ChecksumOffset..]) == 0;
        if (isAbsent)
        {
            // What the device says of a checksum that must be there and is not is of no interest.
            if (isIPv6 && !IsZeroTaken(cursor, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])))
                return ReceiveDropReason.UdpChecksumMissing;
            cursor.Checksums.Skip();
            cursor.Step = ReceiveStep.Absent;
            return ReceiveDropReason.None;
        }
        if (!cursor.Verify(cursor.End))
            return ReceiveDropReason.UdpChecksum;
        if (cursor.CarriesHeader && cursor.Step == ReceiveStep.Trusted && !cursor.Checksums.HasSum)
            Convert(ref cursor, PseudoHeader.Sum(cursor.Packet.Linear, cursor.Layout, cursor.Index, length));
        return ReceiveDropReason.None;
    }

    /// <summary><c>udplite_checksum_init</c>: the field that is a length in UDP says how much is covered.</summary>
    public static ReceiveDropReason UdpLite(ref ReceiveCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Bytes;
        int coverage = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (coverage == 0)
            coverage = cursor.Length;
        bool isAbsent = BinaryPrimitives.ReadUInt16BigEndian(bytes[UdpLiteHeader.ChecksumOffset..]) == 0;
        if (isAbsent || coverage < UdpLiteHeader.Size || coverage > cursor.Length)
            return ReceiveDropReason.UdpLiteInvalid;
        if (coverage < cursor.Length)
            cursor.Checksums.ForgetDeviceSum();
        return cursor.Verify(cursor.Offset + coverage) ? ReceiveDropReason.None : ReceiveDropReason.UdpLiteChecksum;
    }

    /// <summary><c>sctp_rcv</c>.</summary>
    public static ReceiveDropReason Sctp(ref ReceiveCursor cursor)
    {
        if (cursor.Length < ShortestSctp)
            return ReceiveDropReason.HeaderIncomplete;
        bool isNeeded = cursor.Checksums.IsNeeded(cursor.Offset);
        bool wasTrusted = cursor.Checksums.Trusted > 0;
        // The packets that a super-frame stands for get their checksum each when it is cut.
        if (cursor.Packet.Offload.IsGso && (cursor.Packet.Offload.GsoType & GsoType.Sctp) != 0)
        {
            cursor.Step = ReceiveStep.Owed;
            return ReceiveDropReason.None;
        }
        if (isNeeded && cursor.End > cursor.Packet.Length)
            return ReceiveDropReason.None;
        if (!cursor.Checksums.ValidateCrc32C(cursor.Packet, cursor.Offset, cursor.End))
            return ReceiveDropReason.SctpChecksum;
        cursor.Step = isNeeded ? ReceiveStep.Crc32CSummed : wasTrusted ? ReceiveStep.Trusted : ReceiveStep.Owed;
        return ReceiveDropReason.None;
    }

    /// <summary><c>icmp_rcv</c>, <c>icmpv6_rcv</c>: the checksum comes before the length.</summary>
    public static ReceiveDropReason Icmp(ref ReceiveCursor cursor)
    {
        bool isV6 = cursor.Layout[cursor.Index].Kind == LayerKind.IcmpV6;
        if (!cursor.Verify(cursor.End))
            return isV6 ? ReceiveDropReason.IcmpV6Checksum : ReceiveDropReason.IcmpChecksum;
        return cursor.Length < ShortestIcmp ? ReceiveDropReason.HeaderIncomplete : ReceiveDropReason.None;
    }

    /// <summary><c>igmp_rcv</c>.</summary>
    public static ReceiveDropReason Igmp(ref ReceiveCursor cursor)
    {
        if (cursor.Length < ShortestIcmp)
            return ReceiveDropReason.HeaderIncomplete;
        return cursor.Verify(cursor.Offset, cursor.End, 0, 0) ? ReceiveDropReason.None : ReceiveDropReason.IgmpChecksum;
    }

    /// <summary>What the outer checksum says of all that it covers; nothing, where the device answers for more, or gave the sum already.</summary>
    public static void Convert(ref ReceiveCursor cursor, ushort pseudo)
    {
        cursor.Checksums.Convert(cursor.Offset, cursor.End, pseudo);
        if (cursor.Checksums.HasSum)
            cursor.Step = ReceiveStep.Converted;
    }

    /// <summary>A card does not know which sockets there are: it takes it of tunnels, which it knows by their ports.</summary>
    private static bool IsZeroTaken(in ReceiveCursor cursor, ushort port) =>
        cursor.IsCard ? cursor.CarriesHeader : cursor.Options.ZeroChecksum6Ports.Contains(port);

    private static bool IsOverIPv6(in ReceiveCursor cursor)
    {
        int network = cursor.Layout.NetworkOf(cursor.Index);
        return network >= 0 && cursor.Layout[network].Kind == LayerKind.IPv6;
    }
}
