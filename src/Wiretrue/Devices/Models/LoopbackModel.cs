using Wiretrue.Packets;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Devices.Models;

/// <summary>Linux's loopback as it is and as it was (drivers/net/loopback.c).</summary>
public static class LoopbackModel
{
    /// <summary>
    /// The <c>lo</c> of today: what is sent is received at once, so a checksum that is owed stays owed, and a super-frame stays one.
    /// A capture on it shows half-made checksums and super-frames in both directions.
    /// </summary>
    public static NetDevice Create() => new("lo", Fixed | Switched, mtu: 65536)
    {
        HardwareFeatures = Switched | GenericReceiveList | GenericReceiveUdpForwarding,
        Receiver = ReceiverClass.Opaque,
        ReceivesOwed = true,
    };

    /// <summary>
    /// The loopback of Linux 2.6 to 3.2: a reliable medium, where checksums are neither made nor looked at, that plays a card with TSO,
    /// so that the code for such cards could be tested without one.
    /// </summary>
    public static NetDevice CreateReliableMedium() => CreateReliableMedium(delivery: null);

    /// <summary>As <see cref="CreateReliableMedium()"/>; what is sent comes back to a queue.</summary>
    /// <param name="delivery">The queue, which the caller reads; null when nobody does.</param>
    public static ReliableMedium CreateReliableMedium(PacketQueue? delivery) =>
        new("reliable", NoChecksum | ScatterGather | FragmentList | HighDma | Lockless | TcpSegmentation, mtu: 16436) { Delivery = delivery };

    private const DeviceFeatures Fixed = ScatterGather | FragmentList | ChecksumGeneric | ChecksumSctp | ReceiveChecksum | HighDma | Lockless
        | NamespaceLocal | VlanChallenged | Loopback;

    private const DeviceFeatures Switched = SoftwareSegmentationMask | GenericSegmentation | GenericReceive;
}
