using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Writes a VLAN tag that stands outside of the bytes into them, where the device does not (<c>validate_xmit_vlan</c>).</summary>
internal static class VlanInsertion
{
    private const ushort ServiceVlan = (ushort)Headers.EtherType.ServiceVlan;

    /// <summary>Leaves the tag to the device, or writes it.</summary>
    public static DropReason Insert<TObserver>(Packet packet, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        OffloadState offload = packet.Offload;
        if (!offload.HasVlanTag)
            return DropReason.None;
        DeviceFeatures needed = offload.VlanProtocol == ServiceVlan ? DeviceFeatures.ServiceVlanInsert : DeviceFeatures.VlanInsert;
        if ((features & needed) != 0)
        {
            Decisions.Tell(TransmitStep.TagLeft, TransmitCause.DeviceDoes, features, needed, ref observer);
            return DropReason.None;
        }
        if (!packet.InsertVlanTag())
            return DropReason.VlanTagWithoutPlace;
        Decisions.Tell(TransmitStep.TagInserted, TransmitCause.FeatureLacking, features, needed, ref observer);
        return DropReason.None;
    }
}
