using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts packets into a tunnel over UDP (<c>udp_tunnel_xmit_skb</c>, <c>udp_tunnel6_xmit_skb</c>).</summary>
internal abstract class UdpEncapsulator : Encapsulator
{
    private readonly UdpTunnel _tunnel;
    private readonly bool _hasChecksum;

    protected UdpEncapsulator(UdpTunnel tunnel)
        : base(tunnel)
    {
        _tunnel = tunnel;
        _hasChecksum = tunnel.HasChecksum;
    }

    /// <summary>The outer headers, up to those of the tunnel.</summary>
    /// <param name="header">The tunnel's own header.</param>
    protected HeaderTemplate TemplateWith(ReadOnlySpan<byte> header)
    {
        byte[] bytes = new byte[UdpHeader.Size + header.Length];
        new UdpHeaderFields(0, _tunnel.DestinationPort, 0, 0).Write(bytes);
        header.CopyTo(bytes.AsSpan(UdpHeader.Size));
        return new HeaderTemplate(_tunnel, IPProtocol.Udp, bytes);
    }

    private protected sealed override void WriteTunnel(Packet packet, HeaderTemplate template, in InnerPacket inner, uint flow)
    {
        int udp = template.TunnelOffset;
        Span<byte> header = packet.Linear[udp..];
        BinaryPrimitives.WriteUInt16BigEndian(header, _tunnel.SourcePorts.PortOf(flow));
        // A super-frame's length may not fit: that of each segment will be written when it is cut.
        UdpHeader.SetLength(header, (ushort)(packet.OriginalLength - udp));
        GsoType types = WriteHeader(packet, udp + UdpHeader.Size, inner);
        OuterChecksum.WriteUdp(packet, udp, _hasChecksum, template.PseudoHeaderSum, types);
    }

    /// <summary>Fills in what a packet has of its own in the tunnel's header.</summary>
    /// <param name="packet">The packet, with its template before it.</param>
    /// <param name="offset">Where the tunnel's header begins.</param>
    /// <param name="inner">What was found of the packet before.</param>
    /// <returns>What the type of a super-frame says besides that it is in a UDP tunnel.</returns>
    private protected abstract GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner);
}
