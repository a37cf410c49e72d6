using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Devices.Models;

/// <summary>A guest's paravirtual card (drivers/net/virtio_net.c).</summary>
public static class ParavirtualModel
{
    /// <summary>
    /// One whose host takes half-made checksums and super-frames of TCP, and gives the same: what is owed stays owed until it leaves
    /// the host. The guest is not trusted, and its super-frames are looked at again; so it may send whatever it was sent (<see cref="GsoRobust"/>).
    /// Its driver looks at no headers, so two VLAN tags take nothing from it.
    /// </summary>
    public static NetDevice Create() => new PassThroughDevice("virtio", Fixed | Switched, mtu: 1500)
    {
        HardwareFeatures = Switched | TcpMangleIdSegmentation | GenericReceiveList | GenericReceiveUdpForwarding | NoCacheCopy,
        // The longest virtio-net header, for a tunnel's super-frames, is put before a packet where there is room.
        NeededHeadroom = 24,
        VlanFeatures = ScatterGather | ChecksumGeneric | TcpSegmentation | Tcp6Segmentation | HighDma,
        Receiver = ReceiverClass.Opaque,
        ReceivesOwed = true,
    };

    private const DeviceFeatures Fixed = HighDma | GsoRobust | ReceiveChecksum | GenericReceiveHardware;

    private const DeviceFeatures Switched =
        ScatterGather | ChecksumGeneric | TcpSegmentation | Tcp6Segmentation | GenericSegmentation | GenericReceive;
}
