using Wiretrue.Packets;

namespace Wiretrue.Devices.Models;

/// <summary>
/// A medium that loses and spoils nothing, so that checksums are neither made nor looked at, and that plays a card with TSO: it cuts what
/// it is given before it comes back (<c>loopback_xmit</c> of Linux 2.6).
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="features">What is on to begin with.</param>
/// <param name="mtu">Largest IP packet in bytes, without the link header.</param>
public sealed class ReliableMedium(string name, DeviceFeatures features, int mtu) : NetDevice(name, features, mtu)
{
    /// <summary>
    /// Where what is sent comes back to, each frame as verified (<see cref="ChecksumState.Unnecessary"/>), whatever its checksum's field
    /// holds; its reader's from then on. Null when nobody reads.
    /// </summary>
    public PacketQueue? Delivery { get; init; }

    /// <inheritdoc/>
    public override void Transmit(PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        // Each is taken from the front, and what becomes of it goes to the end: once round, and the order is as it was.
        for (int left = ready.Count; left > 0; left--)
        {
            Packet packet = ready.Dequeue()!;
            if (packet.Offload.IsGso && LargeSendEmulation.TryCut(packet, ready))
                packet.Dispose();
            else
                ready.Enqueue(packet);
        }
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
        {
            OffloadState sent = packet.Offload;
            packet.Offload = new OffloadState
            {
                Checksum = ChecksumState.Unnecessary,
                VlanProtocol = sent.VlanProtocol,
                VlanTci = sent.VlanTci,
            };
            CountTransmitted(packet);
        }
        if (Delivery is null)
            ready.Clear();
        else
            Delivery.EnqueueAll(ready);
    }
}
