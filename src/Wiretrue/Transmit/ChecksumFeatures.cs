using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Transmit;

/// <summary>Which checksums a device's features finish.</summary>
internal static class ChecksumFeatures
{
    /// <summary>Those for the Internet checksum; on a reliable medium it need not be.</summary>
    public const DeviceFeatures Internet = ChecksumMask | NoChecksum;

    /// <summary>Those for any checksum.</summary>
    public const DeviceFeatures Any = Internet | ChecksumSctp;

    private const DeviceFeatures ByStartAndOffset = ChecksumGeneric | NoChecksum;

    /// <summary>True when the features finish checksums of the packet's outermost protocol (<c>can_checksum_protocol</c>).</summary>
    public static bool CoverFamily(Packet packet, DeviceFeatures features)
    {
        if ((features & ByStartAndOffset) != 0)
            return true;
        int first = FirstBehindLink(packet);
        return first >= 0 && packet.Layout[first].Kind switch
        {
            LayerKind.IPv4 => (features & ChecksumIPv4) != 0,
            LayerKind.IPv6 => (features & ChecksumIPv6) != 0,
            _ => false,
        };
    }

    /// <summary>
    /// True when the features, which <see cref="PacketFeatures"/> found for this packet, finish what it owes (<c>skb_csum_hwoffload_help</c>).
    /// </summary>
    public static bool Finish(Packet packet, in OffloadState offload, DeviceFeatures features)
    {
        // What will be encrypted is summed before, unless the card does both.
        if (offload.EspNextHeader != 0 && (features & EspChecksum) == 0)
            return false;
        if (offload.ChecksumIsCrc32C)
            return (features & ChecksumSctp) != 0;
        if ((features & ByStartAndOffset) != 0)
            return true;
        return (features & ChecksumMask) != 0 && IsFoundByHeaders(packet, offload);
    }

    /// <summary>
    /// True when the packet is IPv6 and something stands between that header and the transport (<c>skb_network_header_len</c>), other than the
    /// jumbo payload option of BIG TCP, which drivers know and take out (<c>ipv6_has_hopopt_jumbo</c>).
    /// </summary>
    public static bool HasIPv6Extensions(Packet packet)
    {
        ref PacketLayout layout = ref packet.Layout;
        int network = FirstBehindLink(packet);
        int transport = layout.OuterTransport;
        if (network < 0 || layout[network].Kind != LayerKind.IPv6 || transport < 0 || layout.NetworkOf(transport) != network)
            return false;
        bool isJumbo = transport == network + 2 && layout[network].LimitedBy == LengthSource.IPv6JumboPayload
            && layout[transport].Kind == LayerKind.Tcp && layout[network + 1].HeaderLength == IPv6OptionsHeader.MinimumSize;
        return transport != network + 1 && !isJumbo;
    }

    /// <summary>
    /// True when a card that knows TCP and UDP by itself finds the one whose checksum is owed: behind no extension header, its field at
    /// TCP's or UDP's offset. In a tunnel, a card that says it can looks for the inner one; else it looks at the outermost, and there, not
    /// further in, it must be.
    /// </summary>
    private static bool IsFoundByHeaders(Packet packet, in OffloadState offload)
    {
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        if (offload.ChecksumOffset is not (TcpHeader.ChecksumOffset or UdpHeader.ChecksumOffset) || HasIPv6Extensions(packet))
            return false;
        if (offload.IsEncapsulated)
            return true;
        int transport = layout.OuterTransport;
        return transport >= 0 && layout[transport].Offset == offload.ChecksumStart
            && layout[transport].Kind is LayerKind.Tcp or LayerKind.Udp;
    }

    /// <summary>
    /// Index of the layer that the type behind the link header and its VLAN tags names (<c>skb_network_protocol</c>); or -1. The packet was
    /// walked.
    /// </summary>
    public static int FirstBehindLink(Packet packet)
    {
        ref PacketLayout layout = ref packet.Layout;
        if (layout.Count == 0)
            return -1;
        bool hasLink = layout[0].Kind is LayerKind.Ethernet or LayerKind.Loopback or LayerKind.LinuxSll or LayerKind.LinuxSll2
            or LayerKind.Nflog;
        int first = hasLink ? 1 + packet.CountVlanTagsInBytes() : 0;
        return first < layout.Count ? first : -1;
    }
}
