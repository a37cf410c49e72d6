using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Copies a packet into one piece where the device does not take its parts (<c>skb_needs_linearize</c>).</summary>
internal static class Linearization
{
    /// <summary>Makes <paramref name="packet"/> linear, if it has to be.</summary>
    public static void Apply<TObserver>(Packet packet, NetDevice device, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures missing = Missing(packet, device, features);
        if (missing == DeviceFeatures.None)
            return;
        Decisions.Tell(TransmitStep.Linearized, TransmitCause.FeatureLacking, features, missing, ref observer);
        if (packet.IsLinear)
            // One piece, but out of reach: the copy lies in the pool's pages, which every device reaches.
            packet.ExpandHead(0, 0);
        else
            packet.Linearize();
    }

    private static DeviceFeatures Missing(Packet packet, NetDevice device, DeviceFeatures features)
    {
        DeviceFeatures missing = DeviceFeatures.None;
        if (packet.FragmentList is not null)
            missing |= DeviceFeatures.FragmentList & ~features;
        if (packet.Fragments.Length != 0)
            missing |= DeviceFeatures.ScatterGather & ~features;
        // The kernel's linear areas and fragment lists are always within reach; over foreign pages ours may not be.
        if ((device.Features & DeviceFeatures.HighDma) == 0 && packet.HasHighPages)
            missing |= DeviceFeatures.HighDma;
        return missing;
    }
}
