using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Repair;

/// <summary>A captured packet as the one that a stack hands to its device: the bytes stay where they were read, and what they are owed is said again.</summary>
internal static class CapturedPacket
{
    /// <summary>Makes the packet, for the transmit path to take over.</summary>
    /// <param name="pool">Where it is from.</param>
    /// <param name="page">The window's buffer.</param>
    /// <param name="record">The record, whose bytes are as <see cref="OffloadInference.Normalize"/> left them.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="decision">What was decided.</param>
    public static Packet Rent(PacketPool pool, Page page, in CaptureRecord record, in PacketLayout layout, in PacketDecision decision)
    {
        Packet packet = pool.Rent(page, record.DataOffset, decision.Length, decision.Owed);
        packet.LinkType = record.LinkType;
        packet.MissingTail = layout.OuterNetwork is var network and >= 0 ? layout[network].End - decision.Length : 0;
        packet.Layout = layout;
        packet.IsWalked = true;
        return packet;
    }
}
