using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>The outermost tunnel of a packet: where its headers are, and what is in it.</summary>
/// <remarks>
/// <code>
///   From            Network              Inside
///   +--------------+-------------+---+-----------------------+
///   | link, VLANs  | IP, its     | UDP or GRE, ... | inside  |
///   +--------------+-------------+---+-----------------------+
/// </code>
/// </remarks>
internal struct TunnelOpening
{
    // What follows a GRE header with this is PPP, which has no EtherType of its own (RFC 2637).
    private const EtherType Ppp = (EtherType)0x880B;

    /// <summary>What it is; <see cref="TunnelKind.None"/> when there is none.</summary>
    public TunnelKind Kind { get; private set; }

    /// <summary>Why nothing can be taken out.</summary>
    public PeelFault Fault { get; private set; }

    /// <summary>Index of the layer that the tunnel's packet begins with: its link header, or the network header itself.</summary>
    public int From { get; private init; }

    /// <summary>Index of the tunnel's own network header.</summary>
    public int Network { get; private set; }

    /// <summary>Index of the first layer inside; that of a payload when no header is known there.</summary>
    public int Inside { get; private set; }

    /// <summary>What is inside, as an Ethernet header names it; 0 when it is an Ethernet frame.</summary>
    public EtherType Type { get; private set; }

    /// <summary>The tunnel's number, of the innermost of its headers that has one.</summary>
    public TunnelIdentifier Identifier { get; private set; }

    /// <summary>Finds the outermost tunnel.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="from">Index of the layer to begin with.</param>
    public static TunnelOpening Find(ReadOnlySpan<byte> packet, in PacketLayout layout, int from)
    {
        var opening = new TunnelOpening { From = from, Fault = PeelFault.NoTunnel };
        int network = from;
        while (network < layout.Count && !layout[network].IsNetwork && IsLink(layout[network].Kind))
            network++;
        if (network >= layout.Count || !layout[network].IsNetwork)
            return opening;
        opening.Network = network;
        opening.Descend(packet, in layout);
        return opening;
    }

    private static bool IsLink(LayerKind kind) => kind is >= LayerKind.Ethernet and <= LayerKind.Nflog or LayerKind.Nsh;

    private void Descend(ReadOnlySpan<byte> packet, in PacketLayout layout)
    {
        int udp = -1, header = -1;
        for (int i = Network + 1; i < layout.Count; i++)
        {
            ref readonly Layer layer = ref layout[i];
            switch (layer.Kind)
            {
                case >= LayerKind.IPv6HopByHop and <= LayerKind.AuthenticationHeader:
                    break;
                case LayerKind.Udp when header < 0 && udp < 0:
                    udp = i;
                    break;
                case LayerKind.Fragment:
                    Fault = PeelFault.Fragment;
                    return;
                case LayerKind.IPv4 or LayerKind.IPv6:
                    Kind = Kind != TunnelKind.None ? Kind : udp >= 0 ? OverUdp(packet, layout[udp]) : InIP(layout[Network].Kind, layer.Kind);
                    Enter(i, layer.Kind == LayerKind.IPv4 ? EtherType.IPv4 : EtherType.IPv6);
                    return;
                case LayerKind.Ethernet:
                    Kind = Kind == TunnelKind.Gre ? TunnelKind.GreTap : Kind;
                    Enter(i, 0);
                    return;
                case LayerKind.Mpls or LayerKind.PseudowireControlWord when udp >= 0 && (header < 0 || layout[header].Kind == LayerKind.Mpls):
                    (Kind, header) = (TunnelKind.MplsUdp, i);
                    if (layer.Kind == LayerKind.PseudowireControlWord)
                        header = i - 1;
                    break;
                case LayerKind.Vxlan or LayerKind.VxlanGpe or LayerKind.Geneve or LayerKind.Gue or LayerKind.Gre or LayerKind.Erspan or LayerKind.GtpU:
                    Kind = KindOf(packet, layout, udp, layer.Kind);
                    header = i;
                    TunnelIdentifier identifier = TunnelIdentifier.Of(packet, in layer);
                    Identifier = identifier.Header == LayerKind.None ? Identifier : identifier;
                    break;
                case LayerKind.Nsh when header >= 0:
                    header = i;
                    break;
                default:
                    if (header >= 0)
                        EnterNamed(packet, layout[header], i, layer.Kind == LayerKind.Mpls ? EtherType.Mpls : 0, layer.Offset < packet.Length);
                    return;
            }
        }
        if (Kind != TunnelKind.None)
            Fault = Missing(in layout);
    }

    private readonly TunnelKind KindOf(ReadOnlySpan<byte> packet, in PacketLayout layout, int udp, LayerKind header) => header switch
    {
        // A mirrored frame is what GRE's other headers are there for; GRE in GUE or FOU is one tunnel to whoever set it up.
        LayerKind.Erspan => TunnelKind.Erspan,
        _ when Kind != TunnelKind.None => Kind,
        LayerKind.Vxlan => TunnelKind.Vxlan,
        LayerKind.VxlanGpe => TunnelKind.VxlanGpe,
        LayerKind.Geneve => TunnelKind.Geneve,
        LayerKind.Gue => TunnelKind.Gue,
        LayerKind.GtpU => TunnelKind.GtpU,
        _ => udp >= 0 ? OverUdp(packet, layout[udp]) : TunnelKind.Gre,
    };

    // GUE's variant 1 is an IP header behind UDP, as FOU's is: the port tells them apart (draft-ietf-intarea-gue, 4).
    private static TunnelKind OverUdp(ReadOnlySpan<byte> packet, in Layer udp)
    {
        const ushort GuePort = 6080;
        return BinaryPrimitives.ReadUInt16BigEndian(packet[(udp.Offset + 2)..]) == GuePort ? TunnelKind.Gue : TunnelKind.Fou;
    }

    private static TunnelKind InIP(LayerKind outer, LayerKind inner) =>
        outer == LayerKind.IPv6 ? TunnelKind.IP6Tnl : inner == LayerKind.IPv4 ? TunnelKind.IPIP : TunnelKind.Sit;

    private static PeelFault Missing(in PacketLayout layout) => layout.Fault.Kind switch
    {
        FaultKind.None => PeelFault.NoPacket,
        // A keepalive ends with the tunnel's own header.
        _ when layout[layout.Count - 1].ContentLength == 0 => PeelFault.NoPacket,
        FaultKind.Snapped => PeelFault.Snapped,
        _ => PeelFault.Malformed,
    };

    /// <summary>What the tunnel's header names by an EtherType can be taken out whether it is known here or not.</summary>
    private void EnterNamed(ReadOnlySpan<byte> packet, in Layer header, int inside, EtherType type, bool isCaptured)
    {
        if (header.Kind == LayerKind.Gre && GreHeader.TryCreate(packet[header.Offset..], out GreHeader gre) && gre.Version == 0)
            type = gre.EtherType;
        else if (header.Kind == LayerKind.Geneve && GeneveHeader.TryCreate(packet[header.Offset..], out GeneveHeader geneve))
            type = geneve.EtherType;
        bool isFrame = type >= EtherType.FirstType
            && type is not (Ppp or EtherType.TransparentEthernetBridging or EtherType.Erspan or EtherType.ErspanIII);
        if (isFrame && isCaptured)
            Enter(inside, type);
        else
            Fault = isFrame ? PeelFault.Snapped : PeelFault.NoPacket;
    }

    private void Enter(int inside, EtherType type) => (Inside, Type, Fault) = (inside, type, PeelFault.None);
}
