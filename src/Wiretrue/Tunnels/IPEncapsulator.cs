using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts IP packets into IP (<c>ip_tunnel_xmit</c>, <c>ipip6_tunnel_xmit</c>, <c>ip6_tnl_xmit</c>).</summary>
internal sealed class IPEncapsulator : Encapsulator
{
    private readonly MplsLabelStack _labels;
    private readonly NetworkTemplates _ipv4;
    private readonly NetworkTemplates _ipv6;

    public IPEncapsulator(IPTunnel tunnel)
        : base(tunnel)
    {
        _labels = new MplsLabelStack(tunnel.Labels);
        byte[] stack = new byte[_labels.Length];
        _labels.Write(stack);
        _ipv4 = new NetworkTemplates(tunnel, _labels.IsEmpty ? IPProtocol.IPv4 : IPProtocol.Mpls, stack);
        _ipv6 = new NetworkTemplates(tunnel, _labels.IsEmpty ? IPProtocol.IPv6 : IPProtocol.Mpls, stack);
        HeaderRoom = _ipv4.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        DropReason reason = TemplatesFor(inner).Choose(packet, out template);
        return reason == DropReason.None && (inner.IsFrame || inner.Type == LayerKind.None) ? DropReason.TunnelInnerUnsupported : reason;
    }

    private protected override void WriteTunnel(Packet packet, HeaderTemplate template, in InnerPacket inner, uint flow)
    {
        int inside = TemplatesFor(inner).Write(packet, template);
        _labels.Propagate(packet.Linear[inside..], inner.TimeToLive);
        OffloadState offload = packet.Offload;
        if (offload.IsGso)
            packet.Offload = OuterChecksum.Around(offload, template.IsIPv4 ? GsoType.IPXIP4 : GsoType.IPXIP6);
        else
            packet.Offload = offload.Checksum == ChecksumState.Partial ? offload with { IsEncapsulated = true } : default;
    }

    private NetworkTemplates TemplatesFor(in InnerPacket inner) => inner.Type == LayerKind.IPv4 ? _ipv4 : _ipv6;
}
