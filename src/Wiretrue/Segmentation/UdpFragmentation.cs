using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// Divides a UDP datagram into IP fragments (UFO: <c>udp4_ufo_fragment</c>, net/ipv4/udp_offload.c, and <c>udp6_ufo_fragment</c>).
/// </summary>
/// <remarks>
/// The checksum is the whole datagram's and lies in the first fragment, and no device could take it of fragments: so it is made here,
/// whatever was owed, and whatever the field held, as in Linux.
/// <code>
///   first     [ carrier │ UDP ]─► GsoSize - 8 ─┐
///   second    [ carrier ]───────► GsoSize      ├ in the datagram's pages
///   last      [ carrier ]───────► rest ────────┘
/// </code>
/// </remarks>
internal static class UdpFragmentation
{
    /// <inheritdoc cref="GenericSegmentation.Segment"/>
    [SkipLocalsInit]
    public static DropReason Segment(Packet packet, PacketQueue segments)
    {
        DropReason reason = FragmentPlan.TryCreate(packet, out FragmentPlan plan);
        if (reason != DropReason.None)
            return reason;
        Span<byte> room = stackalloc byte[GenericSegmentation.MaxHeaderLength + IPv6FragmentHeader.Size + SegmentLoop.HeaderAlignment];
        var headers = new FragmentHeaders(packet, plan, room);
        Cut(packet, plan, ref headers, room, segments);
        return DropReason.None;
    }

    /// <inheritdoc cref="GenericSegmentation.Inspect"/>
    public static DropReason Inspect(Packet packet)
    {
        DropReason reason = FragmentPlan.TryCreate(packet, out FragmentPlan plan);
        if (reason == DropReason.None)
            TransportSegmentation.LeaveOwed(packet, plan.Transport, plan.Count);
        return reason;
    }

    private static void Cut(Packet packet, in FragmentPlan plan, ref FragmentHeaders headers, Span<byte> room, PacketQueue segments)
    {
        PacketPool pool = packet.Pool;
        // What is divided begins with headers, and the first fragment has a copy of them: the checksum is written there.
        int copied = packet.Layout[plan.Transport].ContentOffset - plan.CarrierLength;
        packet.Linear.Slice(plan.CarrierLength, copied).CopyTo(room[headers.Length..]);
        var payload = new SegmentPayload(packet, plan.CarrierLength + copied);
        var firstPage = new HeaderPages(pool, headers.Length + copied, 1);
        var pages = new HeaderPages(pool, headers.Length, plan.Count - 1);

        Packet first = pool.TakeChain(plan.Count);
        Packet segment = first;
        ushort firstSum = 0;
        ushort sum = 0;
        int missing = 0;
        for (int index = 0; index < plan.Count; index++)
        {
            int offset = index * plan.FragmentLength;
            int length = Math.Min(plan.ContentLength - offset, plan.FragmentLength);
            bool isLast = index == plan.Count - 1;
            headers.Prepare(offset, length, isLast);
            if (index == 0)
                firstPage.Next(segment, room[..firstPage.Stride]);
            else
                pages.Next(segment, room[..pages.Stride]);
            headers.Write(segment.Linear, index);
            segment.LinkType = packet.LinkType;
            segment.Offload = new OffloadState { Checksum = ChecksumState.Unnecessary };

            ushort payloadSum = 0;
            int attached = length - (index == 0 ? copied : 0);
            if (attached > 0)
                segment.MissingTail = payload.Attach(segment, attached, sum: true, Packet.MaxFragments - 1, out payloadSum);
            missing += segment.MissingTail;
            // Each begins at a multiple of 8 bytes, so the sums of the pieces add up.
            sum = InternetChecksum.Add(sum, payloadSum);
            if (index == 0)
                firstSum = payloadSum;
            else
                headers.WriteOuterChecksum(segment.Linear, payloadSum, attached);
            if (!isLast)
                segment = segment.Next!;
        }
        if (plan.TrailerLength > 0)
            segment.MissingTail += payload.Attach(segment, plan.TrailerLength, sum: false, Packet.MaxFragments, out _);
        FinishUdp(packet, plan, first.Linear[^UdpHeader.Size..], sum, missing == 0);
        headers.WriteOuterChecksum(first.Linear, firstSum, first.OriginalLength - first.LinearLength);

        pool.ReleaseChainAfter(segment, plan.Count);
        segments.EnqueueChain(first, segment, plan.Count);
        payload.Close();
        firstPage.Close();
        pages.Close();
    }

    /// <summary>Writes length and checksum of the datagram.</summary>
    /// <param name="packet">The datagram.</param>
    /// <param name="plan">How it is divided.</param>
    /// <param name="header">The UDP header in the first fragment.</param>
    /// <param name="payload">Sum of all that follows that header.</param>
    /// <param name="isWhole">All of it was there; else the field holds the pseudo-header's sum, as that is all that is known.</param>
    private static void FinishUdp(Packet packet, in FragmentPlan plan, Span<byte> header, ushort payload, bool isWhole)
    {
        Layer udp = packet.Layout[plan.Transport];
        UdpHeader.SetLength(header, (ushort)udp.Length);
        UdpHeader.SetChecksum(header, 0);
        ushort pseudoHeader = PseudoHeader.Sum(packet.Linear, packet.Layout, plan.Transport, udp.Length);
        if (!isWhole)
        {
            UdpHeader.SetChecksum(header, pseudoHeader);
            return;
        }
        // UDP may end before the IP packet does (RFC 9868): its checksum, then, does not cover the rest.
        int surplus = plan.CarrierLength + plan.ContentLength - udp.End;
        if (surplus > 0)
            payload = InternetChecksum.Subtract(payload, InternetChecksum.Combine(0, packet.Sum(udp.End, surplus), udp.ContentLength));
        ulong sum = (ulong)pseudoHeader + InternetChecksum.Sum(header) + payload;
        UdpHeader.SetChecksum(header, UdpSegments.ChecksumOf(sum));
    }
}
