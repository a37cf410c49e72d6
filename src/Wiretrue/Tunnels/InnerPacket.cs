using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>What the outer headers take from the packet that goes into a tunnel.</summary>
/// <param name="IsFrame">It begins with an Ethernet header, and not with an IP header.</param>
/// <param name="Type">The IP packet in it; <see cref="LayerKind.None"/> when there is none that can be seen.</param>
/// <param name="NetworkOffset">Where that begins; counts only with a <paramref name="Type"/>.</param>
/// <param name="TypeOfService">Its type of service or traffic class.</param>
/// <param name="TimeToLive">Its time to live or hop limit.</param>
/// <param name="DontFragment">
/// It must not be fragmented: IPv6, and IPv4 that says so. Behind a VLAN tag Linux does not look (<c>vxlan_xmit_one</c>).
/// </param>
internal readonly record struct InnerPacket(
    bool IsFrame, LayerKind Type, int NetworkOffset, byte TypeOfService, byte TimeToLive, bool DontFragment)
{
    /// <summary>Looks behind the link header and its VLAN tags, as far as IP is found there (<c>ip_tunnel_get_dsfield</c>).</summary>
    /// <remarks>The packet was walked.</remarks>
    public static InnerPacket Of(Packet packet)
    {
        ref PacketLayout layout = ref packet.Layout;
        bool isFrame = packet.LinkType == LinkType.Ethernet;
        int first = isFrame ? 1 : 0;
        while (first < layout.Count && layout[first].Kind == LayerKind.Vlan)
            first++;
        if (first >= layout.Count || !layout[first].IsNetwork)
            return new InnerPacket(isFrame, LayerKind.None, 0, 0, 0, false);

        bool isTagged = first > 1;
        ref readonly Layer network = ref layout[first];
        ReadOnlySpan<byte> header = packet.Linear[network.Offset..];
        return network.Kind == LayerKind.IPv4
            ? new InnerPacket(isFrame, network.Kind, network.Offset, header[1], header[8], !isTagged && (header[6] & 0x40) != 0)
            : new InnerPacket(isFrame, network.Kind, network.Offset, (byte)(BinaryPrimitives.ReadUInt16BigEndian(header) >> 4), header[7], !isTagged);
    }
}
