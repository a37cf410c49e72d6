using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Tunnels;

/// <summary>The checksum of a GRE header, and what is owed to the packet once that stands before it (<c>gre_build_header</c>, net/gre.h).</summary>
/// <remarks>
/// RFC 2784 2.5. It covers no pseudo-header, so it is the same over IPv4 and IPv6, and local checksum offload serves both.
/// <code>
///   a super-frame                 0: segments get theirs when they are cut
///   inner checksum owed           done here, by local checksum offload: no payload is read
///   nothing owed                  done here, over all bytes
/// </code>
/// </remarks>
internal static class GreChecksum
{
    /// <summary>Writes the checksum, and names the tunnel in a super-frame's state.</summary>
    /// <param name="packet">The packet, from the outer headers on; all else in them is in place.</param>
    /// <param name="gre">Where the GRE header begins.</param>
    /// <param name="hasChecksum">False when it has none.</param>
    public static void Write(Packet packet, int gre, bool hasChecksum)
    {
        OffloadState offload = packet.Offload;
        if (offload.IsGso)
        {
            packet.Offload = OuterChecksum.Around(offload, hasChecksum ? GsoType.GreChecksum : GsoType.Gre);
            return;
        }
        bool isOwed = offload.Checksum == ChecksumState.Partial;
        packet.Offload = isOwed ? offload with { IsEncapsulated = true } : default;
        if (!hasChecksum)
            return;
        if (!isOwed && packet.MissingTail > 0)
        {
            // Over bytes that are not there none can be made: it stays owed.
            packet.Offload = new OffloadState
            {
                Checksum = ChecksumState.Partial,
                ChecksumStart = gre,
                ChecksumOffset = GreHeader.ChecksumOffset,
            };
            return;
        }
        ushort sum = isOwed ? LocalChecksumOffload.Sum(packet, gre) : packet.Sum(gre, packet.Length - gre);
        GreHeader.SetChecksum(packet.Linear[gre..], (ushort)~sum);
    }
}
