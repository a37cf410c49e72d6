using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts Ethernet frames into VXLAN (<c>vxlan_build_skb</c>, drivers/net/vxlan/vxlan_core.c).</summary>
internal sealed class VxlanEncapsulator : UdpEncapsulator
{
    private readonly HeaderTemplate _template;

    public VxlanEncapsulator(VxlanTunnel tunnel)
        : base(tunnel)
    {
        byte[] header = new byte[VxlanHeader.Size];
        new VxlanHeaderFields(tunnel.NetworkIdentifier).Write(header);
        _template = TemplateWith(header);
        HeaderRoom = _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        template = _template;
        return inner.IsFrame ? DropReason.None : DropReason.TunnelInnerUnsupported;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner) => GsoType.None;
}
