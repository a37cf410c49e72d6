using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts IP packets behind labels into UDP (<c>bareudp_xmit_skb</c>, drivers/net/bareudp.c).</summary>
internal sealed class MplsInUdpEncapsulator : UdpEncapsulator
{
    private readonly MplsLabelStack _labels;
    private readonly HeaderTemplate _template;

    public MplsInUdpEncapsulator(MplsInUdpTunnel tunnel)
        : base(tunnel)
    {
        _labels = new MplsLabelStack(tunnel.Labels);
        if (_labels.IsEmpty)
            Throw.Argument(nameof(tunnel), "MPLS in UDP has a label at least.");
        byte[] stack = new byte[_labels.Length];
        _labels.Write(stack);
        _template = TemplateWith(stack);
        HeaderRoom = _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        template = _template;
        return inner.IsFrame || inner.Type == LayerKind.None ? DropReason.TunnelInnerUnsupported : DropReason.None;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner)
    {
        _labels.Propagate(packet.Linear[offset..], inner.TimeToLive);
        return GsoType.None;
    }
}
