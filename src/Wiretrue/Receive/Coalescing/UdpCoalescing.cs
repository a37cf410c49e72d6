using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>UDP (<c>udp_gro_receive</c>, <c>udp_gro_receive_segment</c>, <c>udp_gro_complete</c>, net/ipv4/udp_offload.c).</summary>
/// <remarks>
/// The ports make a flow. Datagrams of one length join, and a shorter one joins and is the last; a datagram without a checksum does not, since
/// those that are cut again have one. At most 64 join, so that a flood of small ones does not hold on to much memory.
/// </remarks>
internal static class UdpCoalescing
{
    private const int LengthOffset = 4;
    private const int ChecksumOffset = 6;

    /// <summary><c>UDP_GRO_CNT_MAX</c>.</summary>
    private const int MostDatagrams = 64;

    private static ReadOnlySpan<byte> PortMask => [0xFF, 0xFF, 0xFF, 0xFF];

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(UdpHeader.Size, out ReadOnlySpan<byte> header))
            return arrival.Pass();
        bool hasChecksum = BinaryPrimitives.ReadUInt16BigEndian(header[ChecksumOffset..]) != 0;
        if (!arrival.MustPass)
        {
            if (!hasChecksum)
                arrival.Checksums.Skip();
            else if (!arrival.HasGoodChecksum(IPProtocol.Udp))
                return arrival.Pass();
        }
        LayerKind inside = UdpTunnelCoalescing.HeaderInside(arrival.Packet, header);
        if (inside != LayerKind.Payload)
            return UdpTunnelCoalescing.Receive(ref arrival, inside, hasChecksum);
        arrival.IsList = arrival.Limits.FragmentLists;
        return arrival.IsList || arrival.Limits.UdpForwarding ? ReceiveDatagram(ref arrival, header, hasChecksum) : arrival.Pass();
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        Span<byte> header = completion.Bytes.Slice(offset, UdpHeader.Size);
        BinaryPrimitives.WriteUInt16BigEndian(header[LengthOffset..], (ushort)(completion.End - offset));
        LayerKind inside = UdpTunnelCoalescing.HeaderInside(completion.Packet, header);
        if (inside != LayerKind.Payload)
        {
            UdpTunnelCoalescing.Complete(ref completion, inside, offset);
            return;
        }
        if (completion.IsList)
        {
            completion.FinishList(GsoType.UdpL4);
            return;
        }
        completion.WritePseudoHeader(header[ChecksumOffset..], IPProtocol.Udp, offset);
        completion.Finish(GsoType.UdpL4, offset, ChecksumOffset);
    }

    private static HeldPacket? ReceiveDatagram(ref Arrival arrival, ReadOnlySpan<byte> header, bool hasChecksum)
    {
        int length = LengthOf(header);
        if (!hasChecksum || length <= UdpHeader.Size || length != arrival.Remaining)
            return arrival.Pass();
        arrival.KeepAlike(PortMask);
        arrival.Advance(UdpHeader.Size);
        HeldPacket? held = arrival.Match();
        if (held is null)
            return null;
        if (held.IsList != arrival.IsList)
        {
            arrival.MustPass = true;
            return held;
        }

        int segmentLength = LengthOf(held.Bytes[arrival.TransportOffset..]);
        if (length > segmentLength || NetworkFlush.IsNeeded(arrival, held))
            return held;
        if (arrival.IsList && !arrival.IsVerifiedAs(held))
            return arrival.Pass();
        bool isJoined = arrival.IsList ? arrival.TryList(held) : arrival.TryJoin(held);
        return !isJoined || length != segmentLength || held.Count >= MostDatagrams ? held : null;
    }

    private static int LengthOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[LengthOffset..]);
}
