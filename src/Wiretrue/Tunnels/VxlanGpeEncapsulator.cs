using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts Ethernet frames and IP packets into VXLAN-GPE (<c>vxlan_build_gpe_hdr</c>).</summary>
internal sealed class VxlanGpeEncapsulator : UdpEncapsulator
{
    private const int NextProtocolOffset = 3;

    private readonly HeaderTemplate _template;

    public VxlanGpeEncapsulator(VxlanGpeTunnel tunnel)
        : base(tunnel)
    {
        CheckNetworkIdentifier(tunnel.NetworkIdentifier);
        byte[] header = new byte[VxlanGpeHeader.Size];
        new VxlanGpeHeaderFields(tunnel.NetworkIdentifier, 0).Write(header);
        _template = TemplateWith(header);
        HeaderRoom = _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        template = _template;
        return inner.IsFrame || inner.Type != LayerKind.None ? DropReason.None : DropReason.TunnelInnerUnsupported;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner)
    {
        packet.Linear[offset + NextProtocolOffset] =
            inner.IsFrame ? VxlanGpeProtocol.Ethernet : inner.Type == LayerKind.IPv4 ? VxlanGpeProtocol.IPv4 : VxlanGpeProtocol.IPv6;
        return GsoType.None;
    }
}
