using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes IP packets out of IP (<c>ipip_rcv</c>, <c>ipip6_rcv</c>, <c>ip6_tnl_rcv</c>).</summary>
internal sealed class IPDecapsulator(IPTunnel tunnel) : Decapsulator(tunnel)
{
    private protected override Decapsulation Open(Packet packet, in OuterPacket outer)
    {
        int inside = outer.TransportOffset;
        int label = 0;
        Decapsulation result;
        switch (outer.Protocol)
        {
            case IPProtocol.IPv4:
                result = InnerIP.Check(packet, inside, outer.End, LayerKind.IPv4);
                break;
            case IPProtocol.IPv6:
                result = InnerIP.Check(packet, inside, outer.End, LayerKind.IPv6);
                break;
            case IPProtocol.Mpls:
                result = MplsLabelStack.Skip(packet, inside, outer.End, out inside, out label);
                if (result.IsDone)
                    result = InnerIP.Check(packet, inside, outer.End, LayerKind.None);
                break;
            default:
                return outer.OtherProtocol;
        }
        if (!result.IsDone)
            return result;
        // IP in IP has no checksum of its own: what is known of the packet is known of what is inside.
        var checksums = LayerChecksums.Of(packet);
        return Leave(packet, outer, inside, LinkType.Raw, ref checksums, default(Decapsulation) with { NetworkIdentifier = label });
    }
}
