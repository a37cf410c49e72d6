using System.Collections.Frozen;

namespace Wiretrue.Receive;

/// <summary>What the receiving host is set up for, as far as it decides which packets it takes.</summary>
public sealed record ReceiveOptions
{
    /// <summary>A host that has every tunnel that is found, and takes no UDP over IPv6 without a checksum.</summary>
    public static ReceiveOptions Default { get; } = new();

    /// <summary>
    /// The tunnels that are found end here, so what they carry is judged as well. Without that a packet is judged up to its outermost
    /// transport header, as a host does to which a tunnel's port is a port like any other.
    /// </summary>
    public bool EntersTunnels { get; init; } = true;

    /// <summary>
    /// Destination ports whose sockets take UDP over IPv6 without a checksum (<c>UDP_NO_CHECK6_RX</c>; of a tunnel <c>udp6zerocsumrx</c>,
    /// RFC 6935). Sending such packets is a switch of its own, at the sender.
    /// </summary>
    public IReadOnlySet<ushort> ZeroChecksum6Ports { get; init; } = FrozenSet<ushort>.Empty;

    /// <summary>
    /// VXLAN headers may ask for remote checksum offload (<c>remcsumrx</c>); else they are dropped. GUE has no such switch: it always may.
    /// </summary>
    public bool VxlanRemoteChecksum { get; init; }

    /// <summary>
    /// The numbers of the VLANs that the host is in; null for all. A frame in another one is nobody's: number 0 is a priority and no VLAN, and
    /// always taken.
    /// </summary>
    public IReadOnlySet<ushort>? VlanNumbers { get; init; }
}
