
namespace Wiretrue.Headers;

/// <summary>The one walk over a packet's headers.</summary>
/// <remarks>Each header's file reads that header and names the one that follows; nothing here knows what a header looks like.</remarks>
public static class PacketWalk
{
    /// <summary>Finds the layers of <paramref name="packet"/>. It never throws and never allocates, whatever the bytes.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="originalLength">
    /// Bytes on the wire; more than the span holds when the packet was snapped. Anything less than the span is taken for the span's length.
    /// </param>
    /// <param name="linkType">What the first byte belongs to; no layer is found for a type that <see cref="LinkType"/> does not name.</param>
    /// <param name="layout">Overwritten with what was found.</param>
    public static void Walk(ReadOnlySpan<byte> packet, int originalLength, LinkType linkType, ref PacketLayout layout) =>
        Walk(packet, originalLength, linkType, null, ref layout);

    /// <summary>As the other, on a network where UDP ports mean something of their own.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="originalLength">Bytes on the wire.</param>
    /// <param name="linkType">What the first byte belongs to.</param>
    /// <param name="tunnelPorts">Which ports are tunnels, besides those that are assigned; null for those alone.</param>
    /// <param name="layout">Overwritten with what was found.</param>
    public static void Walk(
        ReadOnlySpan<byte> packet, int originalLength, LinkType linkType, TunnelPorts? tunnelPorts, ref PacketLayout layout)
    {
        layout.Clear();
        var cursor = new HeaderCursor(packet, originalLength, tunnelPorts, ref layout);
        LayerKind next = First(ref cursor, linkType);
        while (next != LayerKind.None)
        {
            switch (next)
            {
                case LayerKind.Ethernet: next = EthernetHeader.Read(ref cursor); break;
                case LayerKind.IPv4: next = IPv4Header.Read(ref cursor); break;
                case LayerKind.IPv6: next = IPv6Header.Read(ref cursor); break;
                case LayerKind.Tcp: next = TcpHeader.Read(ref cursor); break;
                case LayerKind.Udp: next = UdpHeader.Read(ref cursor); break;
                case LayerKind.Vlan: next = VlanHeader.Read(ref cursor); break;
                case LayerKind.Snap: next = SnapHeader.Read(ref cursor); break;
                case LayerKind.Mpls: next = MplsHeader.Read(ref cursor); break;
                case LayerKind.PseudowireControlWord: next = PseudowireControlWord.Read(ref cursor); break;
                case LayerKind.Pppoe: next = PppoeHeader.Read(ref cursor); break;
                case LayerKind.Loopback: next = LoopbackHeader.Read(ref cursor); break;
                case LayerKind.LinuxSll: next = LinuxSllHeader.Read(ref cursor); break;
                case LayerKind.LinuxSll2: next = LinuxSll2Header.Read(ref cursor); break;
                case LayerKind.Nflog: next = NflogHeader.Read(ref cursor); break;
                case LayerKind.IPv6HopByHop:
                case LayerKind.IPv6DestinationOptions: next = IPv6OptionsHeader.Read(ref cursor, next); break;
                case LayerKind.IPv6Routing: next = IPv6RoutingHeader.Read(ref cursor); break;
                case LayerKind.IPv6Fragment: next = IPv6FragmentHeader.Read(ref cursor); break;
                case LayerKind.AuthenticationHeader: next = AuthenticationHeader.Read(ref cursor); break;
                case LayerKind.UdpLite: next = UdpLiteHeader.Read(ref cursor); break;
                case LayerKind.Sctp: next = SctpHeader.Read(ref cursor); break;
                case LayerKind.Icmp:
                case LayerKind.IcmpV6: next = IcmpHeader.Read(ref cursor, next); break;
                case LayerKind.Vxlan: next = VxlanHeader.Read(ref cursor); break;
                case LayerKind.VxlanGpe: next = VxlanGpeHeader.Read(ref cursor); break;
                case LayerKind.Geneve: next = GeneveHeader.Read(ref cursor); break;
                case LayerKind.Gue: next = GueHeader.Read(ref cursor); break;
                case LayerKind.Nsh: next = NshHeader.Read(ref cursor); break;
                case LayerKind.Gre: next = GreHeader.Read(ref cursor); break;
                case LayerKind.Erspan: next = ErspanHeader.Read(ref cursor); break;
                case LayerKind.GtpU: next = GtpUHeader.Read(ref cursor); break;
                default:
                    cursor.Finish(next);
                    return;
            }
        }
    }

    private static LayerKind First(ref HeaderCursor cursor, LinkType linkType) => linkType switch
    {
        LinkType.Ethernet => LayerKind.Ethernet,
        LinkType.Null or LinkType.Loop => LayerKind.Loopback,
        LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd => cursor.IPVersion(),
        LinkType.IPv4 => LayerKind.IPv4,
        LinkType.IPv6 => LayerKind.IPv6,
        LinkType.LinuxSll => LayerKind.LinuxSll,
        LinkType.LinuxSll2 => LayerKind.LinuxSll2,
        LinkType.Nflog => LayerKind.Nflog,
        _ => LayerKind.None,
    };
}
