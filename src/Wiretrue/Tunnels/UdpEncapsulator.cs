using System.Buffers.Binary;
using System.Net.Sockets;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts packets into a tunnel over UDP (<c>udp_tunnel_xmit_skb</c>, <c>udp_tunnel6_xmit_skb</c>).</summary>
internal abstract class UdpEncapsulator : Encapsulator
{
    private readonly UdpTunnel _tunnel;

    protected UdpEncapsulator(UdpTunnel tunnel)
        : base(tunnel)
    {
        _tunnel = tunnel;
        HasChecksum = tunnel.HasChecksum;
    }

    /// <summary>What is sent has an outer checksum.</summary>
    protected bool HasChecksum { get; }

    /// <summary>
    /// What Linux calls IP in UDP without Ethernet besides: to the device it is IP in IP, and UDP is put between later (<c>ip_tunnel_encap</c>).
    /// </summary>
    protected GsoType IPTunnelType =>
        _tunnel.Remote.AddressFamily == AddressFamily.InterNetwork ? GsoType.IPXIP4 : GsoType.IPXIP6;

    /// <summary>The outer headers, up to those of the tunnel.</summary>
    /// <param name="header">The tunnel's own header.</param>
    protected HeaderTemplate TemplateWith(ReadOnlySpan<byte> header)
    {
        byte[] bytes = new byte[UdpHeader.Size + header.Length];
        new UdpHeaderFields(0, _tunnel.DestinationPort, 0, 0).Write(bytes);
        header.CopyTo(bytes.AsSpan(UdpHeader.Size));
        return new HeaderTemplate(_tunnel, IPProtocol.Udp, bytes);
    }

    /// <exception cref="ArgumentOutOfRangeException">It has more than 24 bits.</exception>
    protected static void CheckNetworkIdentifier(int value)
    {
        if (value is < 0 or > 0xFFFFFF)
            Throw.ArgumentOutOfRange(nameof(value), value, "A network identifier has 24 bits.");
    }

    private protected sealed override void WriteTunnel(Packet packet, HeaderTemplate template, in InnerPacket inner, uint flow)
    {
        int udp = template.TunnelOffset;
        Span<byte> header = packet.Linear[udp..];
        BinaryPrimitives.WriteUInt16BigEndian(header, _tunnel.SourcePorts.PortOf(flow));
        // A super-frame's length may not fit: that of each segment will be written when it is cut.
        UdpHeader.SetLength(header, (ushort)(packet.OriginalLength - udp));
        GsoType types = WriteHeader(packet, udp + UdpHeader.Size, inner);
        OuterChecksum.WriteUdp(packet, udp, HasChecksum, template.PseudoHeaderSum, types);
    }

    /// <summary>Fills in what a packet has of its own in the tunnel's header.</summary>
    /// <param name="packet">The packet, with its template before it.</param>
    /// <param name="offset">Where the tunnel's header begins.</param>
    /// <param name="inner">What was found of the packet before.</param>
    /// <returns>What the type of a super-frame says besides that it is in a UDP tunnel.</returns>
    private protected abstract GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner);
}
