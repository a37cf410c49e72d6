using System.Buffers.Binary;
using System.Numerics;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// UDP around a tunnel (<c>udp_gro_receive</c>, <c>udp_gro_complete</c>, net/ipv4/udp_offload.c): where Linux finds a socket with a
/// <c>gro_receive</c> of its own, here the destination port decides, as <see cref="TunnelPorts"/> and the assigned numbers have it.
/// </summary>
/// <remarks>
/// The ports make a flow, and whether there is a checksum. A checksum must be good before it is looked what is inside; then nothing inside need be
/// summed again. Lengths of UDP are not looked at.
/// </remarks>
internal static class UdpTunnelCoalescing
{
    private const int DestinationPortOffset = 2;

    private static ReadOnlySpan<byte> PortMask => [0xFF, 0xFF, 0xFF, 0xFF];

    /// <summary>What the port of a UDP header says to follow; <see cref="LayerKind.Payload"/> for no tunnel.</summary>
    public static LayerKind HeaderInside(Packet packet, ReadOnlySpan<byte> udp) =>
        UdpPortDispatch.HeaderAt(BinaryPrimitives.ReadUInt16BigEndian(udp[DestinationPortOffset..]), packet.Pool.TunnelPorts);

    /// <inheritdoc cref="Arrival"/>
    /// <param name="arrival">The packet; its next header is UDP's, and was found good as far as it was looked at.</param>
    /// <param name="inside">What follows it.</param>
    /// <param name="hasChecksum">The UDP header has a checksum.</param>
    public static HeldPacket? Receive(ref Arrival arrival, LayerKind inside, bool hasChecksum)
    {
        if (hasChecksum && !arrival.MustPass)
            arrival.ConvertChecksum(IPProtocol.Udp);
        bool isKnownGood = !hasChecksum || arrival.Packet.Offload.Checksum == ChecksumState.Partial
            || arrival.Checksums.Trusted > 0 || arrival.Checksums.HasSum;
        if (arrival.IsEncapsulated || !isKnownGood || !arrival.TryEnter())
            return arrival.Pass();
        arrival.IsEncapsulated = true;
        arrival.KeepAlike(PortMask);
        KeepSameKind(ref arrival, hasChecksum);
        arrival.Advance(UdpHeader.Size);
        return inside switch
        {
            LayerKind.Vxlan => VxlanCoalescing.Receive(ref arrival),
            LayerKind.VxlanGpe => VxlanGpeCoalescing.Receive(ref arrival),
            LayerKind.Geneve => GeneveCoalescing.Receive(ref arrival),
            LayerKind.Gue => GueCoalescing.Receive(ref arrival),
            LayerKind.Mpls => MplsCoalescing.Receive(ref arrival),
            LayerKind.IPv4 => FouCoalescing.Receive(ref arrival, IPProtocol.IPv4),
            LayerKind.IPv6 => FouCoalescing.Receive(ref arrival, IPProtocol.IPv6),
            LayerKind.Gre => FouCoalescing.Receive(ref arrival, IPProtocol.Gre),
            _ => arrival.Pass(),
        };
    }

    /// <inheritdoc cref="Completion"/>
    /// <param name="completion">The super-frame.</param>
    /// <param name="inside">What follows UDP.</param>
    /// <param name="offset">Where UDP's header begins.</param>
    public static void Complete(ref Completion completion, LayerKind inside, int offset)
    {
        Span<byte> field = completion.Bytes.Slice(offset + UdpHeader.ChecksumOffset, sizeof(ushort));
        bool hasChecksum = BinaryPrimitives.ReadUInt16BigEndian(field) != 0;
        if (hasChecksum)
            completion.WritePseudoHeader(field, IPProtocol.Udp, offset);
        completion.Wrap(hasChecksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel);
        offset += UdpHeader.Size;
        switch (inside)
        {
            case LayerKind.Vxlan: VxlanCoalescing.Complete(ref completion, offset); break;
            case LayerKind.VxlanGpe: VxlanGpeCoalescing.Complete(ref completion, offset); break;
            case LayerKind.Geneve: GeneveCoalescing.Complete(ref completion, offset); break;
            case LayerKind.Gue: GueCoalescing.Complete(ref completion, offset); break;
            case LayerKind.Mpls: MplsCoalescing.Complete(ref completion, offset); break;
            case LayerKind.IPv4: FouCoalescing.Complete(ref completion, IPProtocol.IPv4, offset); break;
            case LayerKind.IPv6: FouCoalescing.Complete(ref completion, IPProtocol.IPv6, offset); break;
            case LayerKind.Gre: FouCoalescing.Complete(ref completion, IPProtocol.Gre, offset); break;
        }
    }

    /// <summary>Leaves out the candidates that have a checksum where this packet has none, or the other way round.</summary>
    private static void KeepSameKind(ref Arrival arrival, bool hasChecksum)
    {
        for (ulong rest = arrival.Candidates; rest != 0; rest &= rest - 1)
        {
            ReadOnlySpan<byte> other = arrival.Bucket[BitOperations.TrailingZeroCount(rest)].Bytes[arrival.Offset..];
            if ((BinaryPrimitives.ReadUInt16BigEndian(other[UdpHeader.ChecksumOffset..]) != 0) != hasChecksum)
                arrival.Leave(rest);
        }
    }
}
