using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The Ethernet frame that comes out of a tunnel.</summary>
internal static class InnerFrame
{
    /// <summary>
    /// Sees to it that an Ethernet header begins at <paramref name="inside"/>, and that an IP header is all there when it names one
    /// (<c>pskb_inet_may_pull</c>, net/ip_tunnels.h).
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="inside">Where the frame begins.</param>
    /// <param name="end">One past its last byte.</param>
    /// <returns>The fault, when there is none.</returns>
    public static Decapsulation Check(Packet packet, int inside, int end)
    {
        if (end - inside < EthernetHeader.Size || !packet.EnsureLinear(inside + EthernetHeader.Size))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Ethernet, inside);
        int network = inside + EthernetHeader.Size;
        (LayerKind kind, int least) = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(packet.Linear[(network - sizeof(ushort))..]) switch
        {
            EtherType.IPv4 => (LayerKind.IPv4, IPv4Header.MinimumSize),
            EtherType.IPv6 => (LayerKind.IPv6, IPv6Header.Size),
            _ => (LayerKind.None, 0),
        };
        return end - network < least ? new Decapsulation(DecapsulationFault.TooShort, kind, network) : default;
    }
}
