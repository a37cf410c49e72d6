using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Devices.Models;

/// <summary>One end of a virtual Ethernet pair (drivers/net/veth.c), which carries what is owed across to the other end.</summary>
public static class VirtualPairModel
{
    /// <summary>A new one: all that software can do later is left to later, inside tunnels and VLANs as well.</summary>
    public static NetDevice Create() => new PassThroughDevice("veth", Fixed | Switched, mtu: 1500)
    {
        HardwareFeatures = Switched | GenericReceive | GenericReceiveList | GenericReceiveUdpForwarding | NoCacheCopy,
        EncapsulationFeatures = Carried,
        VlanFeatures = Carried & ~(VlanInsert | ServiceVlanInsert | VlanParse | ServiceVlanParse),
        Receiver = ReceiverClass.Opaque,
        ReceivesOwed = true,
    };

    private const DeviceFeatures Fixed = Lockless;

    private const DeviceFeatures Carried = ScatterGather | FragmentList | ChecksumGeneric | ChecksumSctp | ReceiveChecksum | HighDma
        | SoftwareSegmentationMask | TunnelMask | VlanInsert | VlanParse | ServiceVlanInsert | ServiceVlanParse;

    private const DeviceFeatures Switched = Carried | GenericSegmentation;
}
