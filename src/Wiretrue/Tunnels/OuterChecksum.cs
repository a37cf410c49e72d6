using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Tunnels;

/// <summary>The checksum of a tunnel's own header, and what is owed to the packet once that stands before it.</summary>
internal static class OuterChecksum
{
    private const GsoType FixedIds = GsoType.TcpFixedId | GsoType.TcpFixedIdInner;

    /// <summary>Writes that of a UDP header (<c>udp_set_csum</c>, net/ipv4/udp.c), and names the tunnel in a super-frame's state.</summary>
    /// <remarks>
    /// <code>
    ///   a super-frame                 pseudo-header's sum: segments get theirs when they are cut
    ///   inner checksum owed           done here, by local checksum offload: no payload is read
    ///   nothing owed                  owed from now on: pseudo-header's sum
    /// </code>
    /// </remarks>
    /// <param name="packet">The packet, from the outer headers on; its UDP length is in place.</param>
    /// <param name="udp">Where the UDP header begins.</param>
    /// <param name="hasChecksum">False to have none: the field stays 0.</param>
    /// <param name="pseudoHeader">Sum of the outer pseudo-header, but for its length.</param>
    /// <param name="types">What else the tunnel adds to a super-frame's type.</param>
    public static void WriteUdp(Packet packet, int udp, bool hasChecksum, ushort pseudoHeader, GsoType types = GsoType.None)
    {
        OffloadState offload = packet.Offload;
        Span<byte> header = packet.Linear[udp..];
        ushort partial = InternetChecksum.Fold((ulong)pseudoHeader + (uint)(packet.OriginalLength - udp));
        if (offload.IsGso)
        {
            packet.Offload = Around(offload, types | (hasChecksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel));
            UdpHeader.SetChecksum(header, hasChecksum ? partial : (ushort)0);
        }
        else if (offload.Checksum == ChecksumState.Partial)
        {
            packet.Offload = offload with { IsEncapsulated = true };
            if (hasChecksum)
                UdpHeader.SetChecksum(header, PartialChecksum.OfSum(InternetChecksum.Add(partial, LocalChecksumOffload.Sum(packet, udp))));
        }
        else
        {
            packet.Offload = !hasChecksum ? default : new OffloadState
            {
                Checksum = ChecksumState.Partial,
                ChecksumStart = udp,
                ChecksumOffset = UdpHeader.ChecksumOffset,
            };
            if (hasChecksum)
                UdpHeader.SetChecksum(header, partial);
        }
    }

    /// <summary>A super-frame's state with one tunnel more around it.</summary>
    public static OffloadState Around(in OffloadState offload, GsoType tunnel)
    {
        GsoType type = offload.GsoType & ~FixedIds;
        // Identifications that stayed the same are inner ones from now on.
        if ((offload.GsoType & FixedIds) != 0)
            type |= GsoType.TcpFixedIdInner;
        return offload with { GsoType = type | tunnel };
    }
}
