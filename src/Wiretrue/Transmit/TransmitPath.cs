using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>
/// The way of a packet to its device: the only place that compares what a packet asks for with what a device can do, and does the rest
/// (<c>validate_xmit_skb</c> of net/core/dev.c).
/// </summary>
public static class TransmitPath
{
    /// <summary>Makes a packet one that <paramref name="device"/> can take as it is, or several.</summary>
    /// <param name="packet">Taken over: it is among the ready ones afterwards, or was replaced by its segments, or was dropped.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="ready">What the device can take is added at the end, in order.</param>
    /// <returns>
    /// <see cref="DropReason.None"/>, or why the packet was dropped: it is counted at the device then, given back to its pool, and none of its bytes were changed.
    /// </returns>
    public static DropReason Validate(Packet packet, NetDevice device, PacketQueue ready) => throw new NotSupportedException();
}
