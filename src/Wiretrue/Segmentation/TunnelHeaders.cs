using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Holds the headers before the transport that is divided against the tunnels that a <see cref="GsoType"/> announces.</summary>
/// <remarks>
/// Two tunnels may be around one another, each announced by its bit. More cannot be described, as in Linux not even two can that both have a
/// header to be rewritten: who adds a third cuts the packet before.
/// </remarks>
internal ref struct TunnelHeaders
{
    private const GsoType UdpTunnels = GsoType.UdpTunnel | GsoType.UdpTunnelChecksum;
    private const GsoType GreTunnels = GsoType.Gre | GsoType.GreChecksum;
    private const int MaxTunnels = NetworkHeaders.MaxLevels - 1;

    private readonly ReadOnlySpan<byte> _packet;
    private readonly GsoType _announced;
    private GsoType _found;
    private GsoType _alsoCalled;
    private int _tunnels;
    private int _udpTunnels;
    private int _udpTunnelsWithoutChecksum;
    private LayerKind _network;
    private LayerKind _udpCarrier;

    private TunnelHeaders(ReadOnlySpan<byte> packet, GsoType announced)
    {
        _packet = packet;
        _announced = announced;
    }

    /// <summary>Looks for headers that cannot be repeated, and for tunnels other than the type's.</summary>
    public static DropReason Check(ReadOnlySpan<byte> packet, int packetLength, in PacketLayout layout, int transport, GsoType type)
    {
        // Its lengths are those of one frame, so where it ends is not in it: a piece is its device's.
        if ((type & GsoType.Partial) != 0)
            return DropReason.GsoTypeMismatch;
        var headers = new TunnelHeaders(packet, type & GsoType.TunnelMask);
        for (int i = 0; i < transport; i++)
        {
            // Behind the packet there is its TLV's padding; what else follows could not be repeated.
            if (layout[i].Kind == LayerKind.Nflog && packetLength - layout[i].End >= LinkSegments.NflogAlignment)
                return DropReason.GsoUnsupportedHeader;
            DropReason reason = headers.Add(layout[i]);
            if (reason != DropReason.None)
                return reason;
        }
        DropReason verdict = headers.Verdict();
        if (verdict == DropReason.None && !RemoteChecksum.IsAnnouncedRight(packet, layout, transport, type))
            return DropReason.GsoTypeMismatch;
        // The one outer checksum that covers the inner field as it is.
        bool isRemote = (type & GsoType.TunnelRemoteChecksum) != 0;
        return isRemote && headers.HasOtherChecksum ? DropReason.GsoNestedTunnels : verdict;
    }

    /// <summary>What a type says of the tunnels before a transport: of those over UDP, what <paramref name="type"/> says.</summary>
    public static GsoType Of(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, GsoType type)
    {
        var headers = new TunnelHeaders(packet, type & GsoType.TunnelMask);
        for (int i = 0; i < transport; i++)
            headers.Add(layout[i]);
        return headers._found | (headers._alsoCalled & type);
    }

    private readonly bool HasOtherChecksum => _udpTunnels > 1 || (_found & GsoType.GreChecksum) != 0;

    private DropReason Add(in Layer layer)
    {
        switch (layer.Kind)
        {
            case LayerKind.IPv4:
            case LayerKind.IPv6:
                AddNetwork(layer.Kind);
                return DropReason.None;
            case LayerKind.Udp:
                return AddUdp(layer);
            case LayerKind.Gre:
                return AddGre(layer);
            case LayerKind.AuthenticationHeader:
            case LayerKind.UdpLite:
            case LayerKind.Fragment:
                return DropReason.GsoUnsupportedHeader;
            case LayerKind.Gue:
                return DropReason.None;
            // In tunnel mode another network header follows: no tunnel that the type speaks of.
            case LayerKind.Esp:
                _network = LayerKind.None;
                return DropReason.None;
            default:
                _udpCarrier = LayerKind.None;
                return DropReason.None;
        }
    }

    private void AddNetwork(LayerKind kind)
    {
        if (_network != LayerKind.None)
        {
            _tunnels++;
            _found |= Named(_network);
        }
        else if (_udpCarrier != LayerKind.None)
        {
            // IP in FOU or GUE: to the tunnel's device it is IP in IP, and UDP was put between later, so Linux announces both.
            _alsoCalled |= Named(_udpCarrier);
        }
        _network = kind;
        _udpCarrier = LayerKind.None;
    }

    private static GsoType Named(LayerKind carrier) => carrier == LayerKind.IPv4 ? GsoType.IPXIP4 : GsoType.IPXIP6;

    private DropReason AddUdp(in Layer layer)
    {
        _tunnels++;
        _udpTunnels++;
        _udpCarrier = _network;
        _network = LayerKind.None;
        if (!UdpHeader.TryCreate(_packet[layer.Offset..], out UdpHeader udp))
            return DropReason.GsoHeadersIncomplete;
        if (udp.Checksum == 0)
            _udpTunnelsWithoutChecksum++;
        // Whether there is a checksum is what the type says: a field may be 0 because the checksum is still to be made.
        _found |= _announced & UdpTunnels;
        return (_announced & UdpTunnels) is GsoType.UdpTunnel or GsoType.UdpTunnelChecksum ? DropReason.None : DropReason.GsoTypeMismatch;
    }

    private DropReason AddGre(in Layer layer)
    {
        _tunnels++;
        _network = LayerKind.None;
        _udpCarrier = LayerKind.None;
        if (!GreHeader.TryCreate(_packet[layer.Offset..], out GreHeader gre))
            return DropReason.GsoHeadersIncomplete;
        _found |= gre.HasChecksum ? GsoType.GreChecksum : GsoType.Gre;
        return gre.HasSequence ? DropReason.GsoGreSequence : DropReason.None;
    }

    private readonly DropReason Verdict()
    {
        if (_tunnels > MaxTunnels)
            return DropReason.GsoNestedTunnels;
        // One bit speaks of both.
        if ((_found & GreTunnels) == GreTunnels)
            return DropReason.GsoTypeMismatch;
        if (_udpTunnels > 1 && _udpTunnelsWithoutChecksum % _udpTunnels != 0)
            return DropReason.GsoTypeMismatch;
        return _announced == _found || _announced == (_found | _alsoCalled) ? DropReason.None : DropReason.GsoTypeMismatch;
    }
}
