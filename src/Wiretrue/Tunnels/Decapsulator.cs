using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes packets out of a tunnel: the outer headers go, in place (<c>iptunnel_pull_header</c>, <c>udp_queue_rcv_skb</c>).</summary>
/// <remarks>
/// The outer checksum is verified as far as the device has not done it, and what was verified beyond it stays known of the inner packet. A
/// coalesced packet stays whole, without the tunnel in its <see cref="GsoType"/>.
/// </remarks>
public abstract class Decapsulator
{
    private readonly byte[] _addresses;
    private readonly bool _isExternal;

    private protected Decapsulator(Tunnel tunnel)
    {
        if (tunnel.Local.AddressFamily != tunnel.Remote.AddressFamily)
            Throw.Argument(nameof(tunnel), "The two ends of a tunnel have addresses of one family.");
        // As they stand in a header that comes in.
        _addresses = [.. tunnel.Remote.GetAddressBytes(), .. tunnel.Local.GetAddressBytes()];
        _isExternal = tunnel.IsExternal;
    }

    /// <summary>Takes a packet out of the tunnel; it stays the caller's, and is as it was when it is not the tunnel's.</summary>
    public Decapsulation Decapsulate(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        Decapsulation result = OuterPacket.TryRead(packet, out OuterPacket outer);
        if (!result.IsDone)
            return result;
        if (!_isExternal && !outer.Addresses(packet).SequenceEqual(_addresses))
            return new Decapsulation(DecapsulationFault.OtherAddress, outer.Layer, outer.NetworkOffset + (outer.IsIPv4 ? 12 : 8));
        return Open(packet, outer);
    }

    /// <summary>Reads what is behind the outer IP header, and ends with <see cref="Leave"/>.</summary>
    private protected abstract Decapsulation Open(Packet packet, in OuterPacket outer);

    /// <summary>Takes all headers before <paramref name="inside"/> off, and hands on what is known of the rest.</summary>
    /// <param name="packet">The packet, with the outer headers still on it.</param>
    /// <param name="outer">Its outer IP header.</param>
    /// <param name="inside">Where the inner packet begins.</param>
    /// <param name="linkType">What it begins with.</param>
    /// <param name="checksums">What is known of its checksums.</param>
    /// <param name="metadata">What the tunnel's header said.</param>
    /// <param name="remote">The checksum that it left to the receiver, found to lie within the packet; null when it left none.</param>
    /// <param name="isEager">With <paramref name="remote"/>: that is written at once.</param>
    private protected static Decapsulation Leave(
        Packet packet, in OuterPacket outer, int inside, LinkType linkType, ref LayerChecksums checksums, in Decapsulation metadata,
        RemoteChecksumRequest? remote = null, bool isEager = false)
    {
        if (!MarkCongestion(packet, outer, inside, linkType, ref checksums))
            return new Decapsulation(DecapsulationFault.CongestionLost, outer.Layer, outer.NetworkOffset);
        // From here on the packet is taken out, and may be written.
        if (remote is { } request)
            RemoteChecksumOffload.Process(packet, request, inside, outer.End, isEager, ref checksums);
        OffloadState state = checksums.Inner(packet, inside, outer.End);
        // What is known goes with the bytes that stay: nothing need be taken out of a sum on the way.
        packet.Offload = default;
        TakePaddingOff(packet, outer.End);
        packet.Pull(inside);
        packet.LinkType = linkType;
        packet.Offload = Inside(state, inside, linkType);
        if (NestedTunnels.Concern(state))
            packet.Offload = packet.Offload with { GsoType = NestedTunnels.Remaining(packet) };
        return metadata;
    }

    /// <summary>What follows the outer IP packet goes, as far as it is there.</summary>
    private static void TakePaddingOff(Packet packet, int end)
    {
        if (end >= packet.OriginalLength)
            return;
        // The end may lie anywhere in the packets of a list.
        if (packet.FragmentList is not null)
            packet.Linearize();
        packet.Trim(end);
        packet.MissingTail = end - packet.Length;
    }

    /// <summary>Hands on what the outer header says of congestion; false when the inner transport would not understand it.</summary>
    private static bool MarkCongestion(Packet packet, in OuterPacket outer, int inside, LinkType linkType, ref LayerChecksums checksums)
    {
        byte outside = outer.TypeOfService(packet);
        if (CongestionNotification.Of(outside) == EcnCodepoint.NotCapable || !TryFindInner(packet, inside, linkType, out int network))
            return true;
        bool isIPv4 = packet.Linear[network] >> 4 == 4;
        ReadOnlySpan<byte> header = packet.Linear[network..];
        byte inner = isIPv4 ? header[1] : (byte)(BinaryPrimitives.ReadUInt16BigEndian(header) >> 4);
        if (CongestionNotification.Decapsulate(outside, inner, out byte result) == EcnVerdict.Dropped)
            return false;
        if (result == inner)
            return true;
        packet.EnsureWritable(network + (isIPv4 ? IPv4Header.MinimumSize : IPv6Header.Size));
        Span<byte> written = packet.Linear[network..];
        ushort old = BinaryPrimitives.ReadUInt16BigEndian(written);
        CongestionNotification.Set(written, isIPv4, result);
        // In IPv4 the header's own checksum changes against it, and the sum over both stays.
        if (!isIPv4)
            checksums.Rewrite(old, BinaryPrimitives.ReadUInt16BigEndian(written), network);
        return true;
    }

    /// <summary>The IP header of the inner packet, behind VLAN tags as well (<c>IP_ECN_decapsulate</c>, <c>skb_protocol</c>).</summary>
    private static bool TryFindInner(Packet packet, int inside, LinkType linkType, out int network)
    {
        network = inside;
        if (linkType == LinkType.Ethernet && !OuterPacket.TryFindBehindEthernet(packet, inside, out network))
            return false;
        return packet.EnsureLinear(network + IPv4Header.MinimumSize) && (packet.Linear[network] >> 4) switch
        {
            4 => true,
            6 => packet.EnsureLinear(network + IPv6Header.Size),
            _ => false,
        };
    }

    private static OffloadState Inside(in OffloadState offload, int pulled, LinkType linkType)
    {
        bool hasStart = offload.Checksum is ChecksumState.Partial or ChecksumState.Complete;
        int start = hasStart ? offload.ChecksumStart - pulled : 0;
        OffloadState state = offload with { IsEncapsulated = false, ChecksumStart = start, VlanProtocol = 0, VlanTci = 0 };
        // Nobody owes a checksum that begins in the link header: who left it meant something else (eth_type_trans, skb_postpull_rcsum).
        bool isNone = offload.Checksum == ChecksumState.Partial && linkType == LinkType.Ethernet && start < EthernetHeader.Size;
        return isNone ? state with { Checksum = ChecksumState.None, ChecksumStart = 0, ChecksumOffset = 0 } : state;
    }
}
