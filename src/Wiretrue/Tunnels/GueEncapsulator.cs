using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts IP packets into GUE (<c>__gue_build_header</c>, net/ipv4/fou_core.c).</summary>
internal sealed class GueEncapsulator : UdpEncapsulator
{
    private const int ProtocolOffset = 1;
    private const int PrivateFlagOffset = 3;
    private const byte PrivateFlag = 1;

    private readonly GueTunnel _tunnel;
    private readonly HeaderTemplate _template;
    private readonly HeaderTemplate _withRemoteChecksum;

    public GueEncapsulator(GueTunnel tunnel)
        : base(tunnel)
    {
        _tunnel = tunnel;
        _template = tunnel.IsDirect ? TemplateWith([]) : TemplateWith(new GueHeaderFields(false, IPProtocol.IPv4, false, 0, 0));
        _withRemoteChecksum = TemplateWith(new GueHeaderFields(false, IPProtocol.IPv4, true, 0, 0));
        HeaderRoom = tunnel.RemoteChecksum.Transmit && !tunnel.IsDirect ? _withRemoteChecksum.Bytes.Length : _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        bool isRemote = !_tunnel.IsDirect && RemoteChecksumOffload.IsSent(packet, _tunnel.RemoteChecksum, HasChecksum);
        template = isRemote ? _withRemoteChecksum : _template;
        return !inner.IsFrame && inner.Type != LayerKind.None ? DropReason.None : DropReason.TunnelInnerUnsupported;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner)
    {
        if (_tunnel.IsDirect)
            return IPTunnelType;
        IPProtocol protocol = inner.Type == LayerKind.IPv4 ? IPProtocol.IPv4 : IPProtocol.IPv6;
        Span<byte> header = packet.Linear[offset..];
        // The template that was chosen says which it is.
        if ((header[PrivateFlagOffset] & PrivateFlag) == 0)
        {
            header[ProtocolOffset] = (byte)protocol;
            return IPTunnelType;
        }
        OffloadState offload = packet.Offload;
        var fields = new GueHeaderFields(false, protocol, true, 0, 0);
        int start = offload.ChecksumStart - (offset + fields.Size);
        (fields with { RemoteChecksumStart = (ushort)start, RemoteChecksumOffset = (ushort)(start + offload.ChecksumOffset) }).Write(header);
        return IPTunnelType | RemoteChecksumOffload.Leave(packet);
    }

    private HeaderTemplate TemplateWith(in GueHeaderFields fields)
    {
        Span<byte> header = stackalloc byte[fields.Size];
        fields.Write(header);
        return TemplateWith(header);
    }
}
