using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Transmit;

namespace Wiretrue.Tunnels;

/// <summary>Remote checksum offload at a tunnel's two ends (<c>skb_remcsum_process</c>, net/vxlan.h, net/ipv4/fou_core.c).</summary>
/// <remarks>
/// <code>
///   outer UDP │ VXLAN or GUE │ inner headers        │ field │ payload
///             │              ├──── start ────►│ transport ...          the receiver sums from there to the end,
///             │              ├──────── offset ──────►│                  and what it gets goes into the field
/// </code>
/// The field holds the pseudo-header's sum, and the outer checksum covers it so: once that is verified, every byte is the sender's.
/// </remarks>
internal static class RemoteChecksumOffload
{
    /// <summary>True when the inner checksum of a packet may be left to the receiver.</summary>
    /// <param name="packet">The packet, without outer headers.</param>
    /// <param name="options">The tunnel's.</param>
    /// <param name="hasOuterChecksum">The tunnel's header has a checksum.</param>
    public static bool IsSent(Packet packet, in RemoteChecksumOptions options, bool hasOuterChecksum)
    {
        if (!options.Transmit || (!hasOuterChecksum && !options.AllowsUnprotected))
            return false;
        OffloadState offload = packet.Offload;
        // A super-frame that is in a tunnel already would have two checksums that cover the field, one of them counting on its being completed.
        return offload.Checksum == ChecksumState.Partial && !offload.ChecksumIsCrc32C && !offload.GsoType.IsTunnel()
            // Fragments share one checksum, which is made before they are cut.
            && (offload.GsoType & GsoType.UdpFragmentation) == 0;
    }

    /// <summary>
    /// The sender's part, once the tunnel's header says it: a packet owes nothing further in, and a super-frame's segments will not either.
    /// </summary>
    public static GsoType Leave(Packet packet)
    {
        if (!packet.Offload.IsGso)
            packet.Offload = default;
        return GsoType.TunnelRemoteChecksum;
    }

    /// <summary>The receiver's part.</summary>
    /// <param name="packet">The packet, its outer checksum verified; linear up to the field.</param>
    /// <param name="request">What the tunnel's header asks for, in bytes from the packet's first.</param>
    /// <param name="content">Where what the tunnel carries begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="isEager">True to write the checksum at once.</param>
    /// <param name="checksums">What is known so far; a sum follows what is written.</param>
    public static void Process(
        Packet packet, in RemoteChecksumRequest request, int content, int end, bool isEager, ref LayerChecksums checksums)
    {
        OffloadState offload = packet.Offload;
        // Coalesced, or never cut: it is owed there already.
        if (offload.Checksum == ChecksumState.Partial && offload.ChecksumStart == request.Start)
            return;
        // What was not captured can't be summed.
        if (isEager && packet.MissingTail == 0)
        {
            Write(packet, request, content, end, ref checksums);
            return;
        }
        packet.Offload = offload with
        {
            Checksum = ChecksumState.Partial,
            ChecksumLevel = 0,
            ChecksumStart = request.Start,
            ChecksumOffset = (ushort)(request.Field - request.Start),
            CompleteSum = 0,
        };
        checksums = LayerChecksums.Of(packet);
    }

    /// <summary>Derives the checksum (<c>remcsum_adjust</c>): from a sum that is known already, no payload is read.</summary>
    private static void Write(Packet packet, in RemoteChecksumRequest request, int content, int end, ref LayerChecksums checksums)
    {
        packet.EnsureWritable(request.Field + sizeof(ushort));
        if (!checksums.TryGetSum(packet, content, end, out ushort whole))
            whole = packet.Sum(content, end - content);
        int before = request.Start - content;
        ushort rest = InternetChecksum.Subtract(whole, packet.Sum(content, before));
        Span<byte> field = packet.Linear.Slice(request.Field, sizeof(ushort));
        ushort old = BinaryPrimitives.ReadUInt16BigEndian(field);
        // Behind an odd number of bytes the rest was summed with its bytes in the other halves of the words.
        ushort checksum = PartialChecksum.OfSum(InternetChecksum.Combine(0, rest, before));
        BinaryPrimitives.WriteUInt16BigEndian(field, checksum);
        checksums.Rewrite(old, checksum, request.Field);
    }
}
