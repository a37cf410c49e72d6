using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;

namespace Wiretrue.Tunnels;

/// <remarks>
/// A packet that is too long with its outer headers is refused when it may not be fragmented, inside or outside: over IPv6 always, as nobody
/// on the way does it; over IPv4 when either header says so. Otherwise it goes, and is fragmented on the way (<c>tnl_update_pmtu</c>,
/// <c>ip6_tnl_xmit</c>). For super-frames the length of a segment counts.
/// </remarks>
public abstract partial class Encapsulator
{
    // What every link can carry (IPV6_MIN_MTU, IPV4_MIN_MTU): nobody may be told of less.
    private const int LeastMtu6 = 1280;
    private const int LeastMtu4 = 68;

    /// <summary>
    /// Into what IP packets have to fit to go into the tunnel: what is to be told to the sender of one that was refused as
    /// <see cref="DropReason.TunnelPacketTooLong"/> (<c>ICMP_FRAG_NEEDED</c>, <c>ICMPV6_PKT_TOOBIG</c>). 0 while none was.
    /// </summary>
    public int FittingMtu { get; private set; }

    private DropReason CheckLength(Packet packet, in InnerPacket inner, HeaderTemplate template)
    {
        if (_tunnel.PathMtu == 0)
            return DropReason.None;
        int network = inner.Type != LayerKind.None ? inner.NetworkOffset : inner.IsFrame ? EthernetHeader.Size : 0;
        int fitting = FittingInto(inner, template, network);
        if (LongestOf(packet) - network <= fitting)
            return DropReason.None;
        if (template.IsIPv4 && !inner.DontFragment && !ForbidsFragments(inner, template))
            return DropReason.None;
        FittingMtu = fitting;
        return DropReason.TunnelPacketTooLong;
    }

    /// <summary>What is left of the path's MTU for an IP packet that begins at <paramref name="network"/> of what goes in.</summary>
    private int FittingInto(in InnerPacket inner, HeaderTemplate template, int network)
    {
        int rest = _tunnel.PathMtu - (template.Bytes.Length - template.NetworkOffset) - network;
        return Math.Max(rest, inner.Type == LayerKind.IPv6 ? LeastMtu6 : LeastMtu4);
    }

    /// <summary>
    /// Whether the outer IPv4 header says "don't fragment". It does not where the path is too narrow for the least that IPv6 may count on
    /// (RFC 4213 3.2.2).
    /// </summary>
    private bool ForbidsFragments(in InnerPacket inner, HeaderTemplate template)
    {
        bool wanted = _tunnel.DontFragment == DontFragment.Always || (_tunnel.DontFragment == DontFragment.Inherit && inner.DontFragment);
        int overhead = template.Bytes.Length - template.NetworkOffset + inner.NetworkOffset;
        bool isTooNarrow = inner.Type == LayerKind.IPv6 && _tunnel.PathMtu != 0 && _tunnel.PathMtu - overhead < LeastMtu6;
        return wanted && !isTooNarrow;
    }

    /// <summary>Bytes of a packet, or of a super-frame's longest segment (<c>skb_gso_network_seglen</c>).</summary>
    private static int LongestOf(Packet packet)
    {
        OffloadState offload = packet.Offload;
        if (!offload.IsGso)
            return packet.OriginalLength;
        ref PacketLayout layout = ref packet.Layout;
        int transport = GsoHeaders.TransportOf(layout, offload);
        if (transport < 0)
            return packet.OriginalLength;
        int headers = layout[transport].ContentOffset;
        if (offload.IsCutAtFragmentList)
        {
            int longest = 0;
            for (Packet? segment = packet.FragmentList; segment is not null; segment = segment.Next)
                longest = Math.Max(longest, segment.Length);
            return headers + longest;
        }
        // Of a datagram that is cut into IP fragments the UDP header is part of what is cut.
        if ((offload.GsoType & GsoType.UdpFragmentation) != 0)
            headers = layout[transport].Offset;
        return headers + Math.Min(offload.GsoSize, packet.OriginalLength - headers);
    }
}
