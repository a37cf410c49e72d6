using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts packets into GRE (<c>__gre_xmit</c>, net/ipv4/ip_gre.c and net/ipv6/ip6_gre.c).</summary>
internal sealed class GreEncapsulator : Encapsulator
{
    private const int ProtocolOffset = 2;

    private readonly GreTunnel _tunnel;
    private readonly MplsLabelStack _labels;
    private readonly NetworkTemplates _templates;
    private readonly int _headerLength;
    private uint _sequence;

    public GreEncapsulator(GreTunnel tunnel)
        : base(tunnel)
    {
        _tunnel = tunnel;
        _labels = new MplsLabelStack(tunnel.Labels);
        if (tunnel.IsBridge && !_labels.IsEmpty)
            Throw.Argument(nameof(tunnel), "Labels come before IP packets, not before Ethernet frames.");
        var gre = new GreHeaderFields(
            tunnel.IsBridge ? EtherType.TransparentEthernetBridging : EtherType.Mpls, tunnel.HasChecksum, 0, tunnel.Key is not null,
            tunnel.Key ?? 0, tunnel.HasSequence, 0);
        _headerLength = gre.Size;
        byte[] header = new byte[_headerLength + _labels.Length];
        gre.Write(header);
        _labels.Write(header.AsSpan(_headerLength));
        _templates = new NetworkTemplates(tunnel, IPProtocol.Gre, header);
        HeaderRoom = _templates.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        DropReason reason = _templates.Choose(packet, out template);
        if (reason != DropReason.None)
            return reason;
        if (inner.IsFrame != _tunnel.IsBridge || (!inner.IsFrame && inner.Type == LayerKind.None))
            return DropReason.TunnelInnerUnsupported;
        return _tunnel.HasSequence && packet.Offload.IsGso ? DropReason.GsoGreSequence : DropReason.None;
    }

    private protected override void WriteTunnel(Packet packet, HeaderTemplate template, in InnerPacket inner, uint flow)
    {
        int gre = _templates.Write(packet, template);
        Span<byte> header = packet.Linear[gre..];
        if (!_tunnel.IsBridge && _labels.IsEmpty)
        {
            EtherType type = inner.Type == LayerKind.IPv4 ? EtherType.IPv4 : EtherType.IPv6;
            BinaryPrimitives.WriteUInt16BigEndian(header[ProtocolOffset..], (ushort)type);
        }
        _labels.Propagate(header[_headerLength..], inner.TimeToLive);
        if (_tunnel.HasSequence)
            BinaryPrimitives.WriteUInt32BigEndian(header[(_headerLength - sizeof(uint))..], _sequence++);
        GreChecksum.Write(packet, gre, _tunnel.HasChecksum);
    }
}
