using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Where a datagram is to be divided into IP fragments, once it is certain that it can be.</summary>
/// <remarks>
/// <code>
///   link │ IPv4, options                 │ UDP │ payload          IPv4: RFC 791 3.2
///   link │ IPv6, hop-by-hop, routing ... │ ... UDP │ payload      IPv6: RFC 8200 4.5, a fragment header goes in at the bar
///   └──────── repeated ──────────────────┘└──── divided ─────
/// </code>
/// </remarks>
internal readonly struct FragmentPlan
{
    /// <summary>The units of fragment offsets, in bytes.</summary>
    private const int Unit = 8;

    /// <summary>How many layers every fragment repeats: up to the network layer, or its last header that must not be divided.</summary>
    public int Layers { get; private init; }

    /// <summary>Index of the network layer that is fragmented.</summary>
    public int Network { get; private init; }

    /// <summary>Index of the UDP layer.</summary>
    public int Transport { get; private init; }

    /// <summary>The network layer is IPv6: a fragment header is put in.</summary>
    public bool IsIPv6 { get; private init; }

    /// <summary>Bytes of the repeated headers as they are in the datagram.</summary>
    public int CarrierLength { get; private init; }

    /// <summary>Bytes that are divided: everything behind the repeated headers that the network layer counts.</summary>
    public int ContentLength { get; private init; }

    /// <summary>Bytes of it in every fragment but the last; a multiple of 8.</summary>
    public int FragmentLength { get; private init; }

    /// <summary>How many fragments there will be.</summary>
    public int Count { get; private init; }

    /// <summary>Bytes behind the network layer, which no header counts: they stay behind the last fragment.</summary>
    public int TrailerLength { get; private init; }

    /// <summary>Looks at everything that could stand in the way.</summary>
    public static DropReason TryCreate(Packet packet, out FragmentPlan plan)
    {
        plan = default;
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        DropReason reason = GsoHeaders.TryFindTransport(packet, out int transport);
        if (reason != DropReason.None)
            return reason;
        // The checksum is made before, so a header that asks the receiver to make it would have it made twice.
        if ((offload.GsoType & GsoType.TunnelRemoteChecksum) != 0)
            return DropReason.GsoTypeMismatch;

        int network = layout.NetworkOf(transport);
        Layer ip = layout[network];
        bool isIPv6 = ip.Kind == LayerKind.IPv6;
        int layers = isIPv6 ? UnfragmentableLayers(layout, network, transport) : transport;
        Layer last = layout[layers - 1];
        Layer udp = layout[transport];
        int headerLength = udp.ContentOffset;
        if (headerLength > packet.LinearLength)
            return DropReason.GsoHeadersIncomplete;
        // Those that fragment already, or of which nobody says how: a datagram is fragmented once.
        if (last.Kind is LayerKind.IPv6Fragment || layout[0].Kind == LayerKind.Nflog || headerLength > GenericSegmentation.MaxHeaderLength)
            return DropReason.GsoUnsupportedHeader;

        // What is reassembled has to be a packet that IP can describe; an IPv6 header is not counted in its length.
        int content = ip.End - last.ContentOffset;
        int reassembled = isIPv6 ? ip.End - ip.ContentOffset : ip.Length;
        if (reassembled > ushort.MaxValue)
            return DropReason.GsoTooLarge;

        // The tunnel's checksum covers bytes that are not there.
        if (packet.MissingTail > 0 && (offload.GsoType & GsoTypeExtensions.OuterChecksums) != 0)
            return DropReason.GsoHeadersIncomplete;

        int fragment = Math.Min(offload.GsoSize, content);
        int room = ushort.MaxValue - (last.ContentOffset - layout[layout.OuterNetwork].Offset) - IPv6FragmentHeader.Size;
        if (fragment > room)
            return DropReason.GsoSegmentTooLong;
        if (fragment < content)
            fragment &= -Unit;
        // All headers must be in the first fragment (RFC 7112 5), or no firewall would know what the others belong to.
        if (fragment < headerLength - last.ContentOffset)
            return DropReason.GsoSegmentTooShort;

        plan = new FragmentPlan
        {
            Layers = layers,
            Network = network,
            Transport = transport,
            IsIPv6 = isIPv6,
            CarrierLength = last.ContentOffset,
            ContentLength = content,
            FragmentLength = fragment,
            Count = (content + fragment - 1) / fragment,
            TrailerLength = Math.Max(0, packet.OriginalLength - ip.End),
        };
        return DropReason.None;
    }

    /// <summary>
    /// One past the last layer that each fragment has: options for hops on the way and the routing header, and destination options in
    /// front of it, but none behind (<c>ip6_find_1stfragopt</c>). Without a routing header, Linux repeats destination options, too.
    /// </summary>
    private static int UnfragmentableLayers(in PacketLayout layout, int network, int transport)
    {
        bool isRouted = false;
        for (int i = network + 1; i < transport; i++)
        {
            LayerKind kind = layout[i].Kind;
            if (kind == LayerKind.IPv6DestinationOptions && isRouted)
                return i;
            isRouted |= kind == LayerKind.IPv6Routing;
        }
        return transport;
    }
}
