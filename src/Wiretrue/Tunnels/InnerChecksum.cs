using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The checksum that a packet owes when it goes into a tunnel.</summary>
internal static class InnerChecksum
{
    /// <summary>
    /// True when it can't stay owed, as nothing outside would be known without it: a CRC32c does not add up to anything (tunnels' devices have
    /// no <c>NETIF_F_SCTP_CRC</c>), and padding that is not zero is behind what the checksum covers and inside what the outer one does.
    /// </summary>
    /// <param name="packet">Walked.</param>
    public static bool MustBeCompleted(Packet packet)
    {
        OffloadState offload = packet.Offload;
        if (offload.Checksum != ChecksumState.Partial || offload.IsGso || packet.MissingTail > 0)
            return false;
        if (offload.ChecksumIsCrc32C)
            return true;
        ref PacketLayout layout = ref packet.Layout;
        int transport = layout.TransportAt(offload.ChecksumStart);
        int end = transport < 0 ? packet.Length : layout[transport].End;
        return end < packet.Length && packet.Sum(end, packet.Length - end) is not (0 or 0xFFFF);
    }
}
