using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes IP packets out of MPLS in UDP (<c>bareudp_udp_encap_recv</c>, drivers/net/bareudp.c).</summary>
internal sealed class MplsInUdpDecapsulator(MplsInUdpTunnel tunnel) : UdpDecapsulator(tunnel)
{
    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        Decapsulation result = MplsLabelStack.Skip(packet, offset, outer.End, out int inside, out int label);
        if (result.IsDone)
            result = InnerIP.Check(packet, inside, outer.End, LayerKind.None);
        return result.IsDone
            ? Leave(packet, outer, inside, LinkType.Raw, ref checksums, default(Decapsulation) with { NetworkIdentifier = label })
            : result;
    }
}
