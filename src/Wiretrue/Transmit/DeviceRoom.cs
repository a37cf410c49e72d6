using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>
/// Sees to the room that a device wants around a packet's linear area, free and the packet's own, for headers and trailers that the driver
/// adds (<c>skb_cow_head</c>, which drivers call for themselves).
/// </summary>
internal static class DeviceRoom
{
    /// <summary>Gives <paramref name="first"/> and those linked behind it their room.</summary>
    public static void ReserveAll(Packet? first, NetDevice device, DeviceFeatures features)
    {
        if ((device.NeededHeadroom | device.NeededTailroom) == 0)
            return;
        for (Packet? packet = first; packet is not null; packet = packet.Next)
            Reserve(packet, device, features);
    }

    /// <summary>Gives <paramref name="packet"/> its room.</summary>
    public static void Reserve(Packet packet, NetDevice device, DeviceFeatures features)
    {
        if ((device.NeededHeadroom | device.NeededTailroom) == 0)
            return;
        int head = Math.Max(0, device.NeededHeadroom - packet.Headroom);
        // Behind the linear area of a packet in parts there is no room for what comes last.
        int tail = packet.IsLinear ? Math.Max(0, device.NeededTailroom - packet.Tailroom) : 0;
        if (tail == 0 && (features & DeviceFeatures.ScatterGather) != 0)
            packet.EnsureWritable(0, device.NeededHeadroom);
        else if (head != 0 || tail != 0 || packet.IsShared)
            packet.ExpandHead(head, tail);
    }
}
