using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts IP packets into foo over UDP (<c>fou_build_header</c>, net/ipv4/fou_core.c).</summary>
internal sealed class FouEncapsulator : UdpEncapsulator
{
    private readonly FouTunnel _tunnel;
    private readonly HeaderTemplate _template;

    public FouEncapsulator(FouTunnel tunnel)
        : base(tunnel)
    {
        _tunnel = tunnel;
        _template = TemplateWith([]);
        HeaderRoom = _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        template = _template;
        return !inner.IsFrame && inner.Type == _tunnel.Content ? DropReason.None : DropReason.TunnelInnerUnsupported;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner) => IPTunnelType;
}
