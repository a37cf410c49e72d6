using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes IP packets out of foo over UDP (<c>fou_udp_recv</c>, net/ipv4/fou_core.c).</summary>
internal sealed class FouDecapsulator(FouTunnel tunnel) : UdpDecapsulator(tunnel)
{
    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        Decapsulation fault = InnerIP.Check(packet, offset, outer.End, tunnel.Content);
        return fault.IsDone ? Leave(packet, outer, offset, LinkType.Raw, ref checksums, default) : fault;
    }
}
