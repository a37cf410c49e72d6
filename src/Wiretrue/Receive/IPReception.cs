using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>IP headers on the way in (<c>ip_rcv_core</c>, <c>ip6_rcv_core</c>): how long the packet is, and IPv4's checksum.</summary>
internal static class IPReception
{
    public static ReceiveDropReason IPv4(ref ReceiveCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Bytes;
        int headerLength = (bytes[0] & 0x0F) << 2;
        if (headerLength < IPv4Header.MinimumSize || headerLength > cursor.Length)
            return ReceiveDropReason.IPHeaderInvalid;
        if (headerLength > bytes.Length)
            return ReceiveDropReason.None;
        // Always summed, whatever a device says: twenty bytes are not worth a question.
        if (InternetChecksum.Sum(bytes[..headerLength]) != 0xFFFF)
            return ReceiveDropReason.IPHeaderChecksum;
        cursor.Step = ReceiveStep.HeaderSummed;

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length == 0 && IsTcpSuperFrame(cursor.Packet.Offload))
            return ReceiveDropReason.None;
        if (length > cursor.Length)
            return ReceiveDropReason.IPTruncated;
        if (length < headerLength)
            return ReceiveDropReason.IPHeaderInvalid;
        return cursor.TryTrim(cursor.Offset + length) ? ReceiveDropReason.None : ReceiveDropReason.ChecksumBeyondPacket;
    }

    /// <summary>
    /// True for an IPv4 header that the walk could not make sense of and whose checksum is wrong: that is looked at before the length.
    /// </summary>
    public static bool IsWrongHeader(LayerKind kind, ReadOnlySpan<byte> bytes) =>
        kind == LayerKind.IPv4 && IPv4Header.TryCreate(bytes, out IPv4Header header)
        && InternetChecksum.Sum(bytes[..header.HeaderLength]) != 0xFFFF;

    public static ReceiveDropReason IPv6(ref ReceiveCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Bytes;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) + IPv6Header.Size;
        if (length == IPv6Header.Size)
        {
            if (cursor.Layout[cursor.Index].LimitedBy == LengthSource.IPv6JumboPayload)
                length = cursor.Layout[cursor.Index].Length;
            // A super-frame that is longer than the field can say has 0 there, and needs no option for it (BIG TCP).
            else if ((IPProtocol)bytes[6] == IPProtocol.HopByHop || IsTcpSuperFrame(cursor.Packet.Offload))
                return ReceiveDropReason.None;
        }
        if (length > cursor.Length)
            return ReceiveDropReason.IPTruncated;
        return cursor.TryTrim(cursor.Offset + length) ? ReceiveDropReason.None : ReceiveDropReason.ChecksumBeyondPacket;
    }

    /// <summary>True when a length of 0 says that the field was too narrow (<c>iph_totlen</c>).</summary>
    private static bool IsTcpSuperFrame(in OffloadState offload) =>
        offload.IsGso && (offload.GsoType & (GsoType.TcpV4 | GsoType.TcpV6)) != 0;
}
