using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Devices.Models;

/// <summary>Network cards, from the least to the most that they do.</summary>
public static class CardModels
{
    private const DeviceFeatures Common = ScatterGather | HighDma | GenericSegmentation | GenericReceive;

    private const DeviceFeatures Cut = TcpMask | UdpSegmentation;

    /// <summary>
    /// A card of the first kind with offloads: it looks for TCP or UDP right behind an IPv4 header, and finishes no other checksum.
    /// Behind a VLAN tag or inside a tunnel it finds nothing.
    /// </summary>
    public static NetDevice CreateIPv4() => new("card-ipv4", Common | ChecksumIPv4 | ReceiveChecksum, mtu: 1500)
    {
        Receiver = ReceiverClass.Opaque,
    };

    /// <summary>A card that finishes any Internet checksum by start and offset, and cuts TCP and UDP, in tunnels and VLANs too.</summary>
    public static NetDevice CreateGeneric() => new("card", Common | Generic | VlanInsert | VlanParse | VlanFilter | ReceiveHash, mtu: 1500)
    {
        EncapsulationFeatures = Generic | ScatterGather | HighDma,
        VlanFeatures = Generic | ScatterGather | HighDma,
        Receiver = ReceiverClass.Smart,
    };

    /// <summary>
    /// A card that reads the headers itself, and knows one tunnel, VXLAN, at one place. It says that it finishes any checksum, as such
    /// cards do, and takes it back for packets that it cannot read. See <see cref="HeaderParsingCard"/>.
    /// </summary>
    public static NetDevice CreateHeaderParsing() => new HeaderParsingCard("card-parsing", Common | Parsed, mtu: 1500)
    {
        EncapsulationFeatures = Parsed | ScatterGather | HighDma,
        VlanFeatures = Parsed | ScatterGather | HighDma,
        Receiver = ReceiverClass.Opaque,
    };

    private const DeviceFeatures Generic = ChecksumGeneric | ChecksumSctp | ReceiveChecksum | Cut | TunnelMask;

    private const DeviceFeatures Parsed =
        ChecksumGeneric | ReceiveChecksum | Cut | UdpTunnelSegmentation | UdpTunnelChecksumSegmentation;
}
