using System.Runtime.CompilerServices;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// Takes packets that were received one after the other, and chained into one, apart again (<c>SKB_GSO_FRAGLIST</c>:
/// <c>skb_segment_list</c>, net/core/skbuff.c, with <c>__udp_gso_segment_list</c> and <c>__tcp4_gso_segment_list</c>).
/// </summary>
/// <remarks>
/// Each packet of the list has its payload for bytes, and its own headers, as they came, in the headroom in front. They are used as
/// they are, sequence number, flags and checksum, so no payload is read. What was changed since in the first packet's headers is carried
/// over to the others: the link header, addresses and ports. Identifications count on from the first's, as in Linux.
/// <code>
///   super-frame   [ link │ IP │ UDP │ payload ]   list: ( IP │ UDP )[ payload ]  ( IP │ UDP )[ payload ]
///   segments      [ link │ IP │ UDP ]─► payload         [ link │ IP │ UDP ]─► payload ...
/// </code>
/// A list that was interfered with, or whose sender is not trusted, is cut by size, as Linux does.
/// </remarks>
internal static class ListSegmentation
{
    /// <inheritdoc cref="GenericSegmentation.Segment"/>
    [SkipLocalsInit]
    public static DropReason Segment(Packet packet, DeviceFeatures features, PacketQueue segments)
    {
        int transport = GsoHeaders.TransportOf(packet.Layout, packet.Offload);
        if (transport < 0 || !IsIntact(packet, transport))
            return TransportSegmentation.Segment(packet, features, segments);
        Span<byte> room = stackalloc byte[GenericSegmentation.MaxHeaderLength + SegmentLoop.HeaderAlignment];
        Cut(packet, transport, room, segments);
        return DropReason.None;
    }

    /// <summary>
    /// True when the packet is as it was chained: the first payload, alone, has the size of a segment, and each that follows has the
    /// headers of this flow in front.
    /// </summary>
    private static bool IsIntact(Packet packet, int transport)
    {
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        int headerLength = layout[transport].ContentOffset;
        if (packet.FragmentList is null || packet.MissingTail > 0 || layout[0].Kind == LayerKind.Nflog)
            return false;
        if (headerLength > packet.LinearLength || headerLength > GenericSegmentation.MaxHeaderLength)
            return false;
        // Where a sum is owed, or an outer header follows the length, the headers are not those of a packet that was received.
        if (offload.Checksum == ChecksumState.Partial || offload.GsoType.IsTunnel() || (offload.GsoType & GsoType.Dodgy) != 0)
            return false;
        int head = packet.Length - headerLength;
        for (Packet? listed = packet.FragmentList; listed is not null; listed = listed.Next)
        {
            head -= listed.Length;
            if (!ListedHeaders.AreOf(packet, transport, listed))
                return false;
        }
        return head == offload.GsoSize;
    }

    private static void Cut(Packet packet, int transport, Span<byte> room, PacketQueue segments)
    {
        PacketPool pool = packet.Pool;
        int headerLength = packet.Layout[transport].ContentOffset;
        int count = 1;
        for (Packet? listed = packet.FragmentList; listed is not null; listed = listed.Next)
            count++;
        var headers = new ListedHeaders(packet, transport);
        var payload = new SegmentPayload(packet, headerLength);
        var pages = new HeaderPages(pool, headerLength, count);

        Packet first = pool.TakeChain(count);
        Packet segment = first;
        Packet? source = null;
        for (int index = 0; index < count; index++)
        {
            int length = source?.Length ?? packet.Offload.GsoSize;
            headers.CopyTo(room, source);
            pages.Next(segment, room[..pages.Stride]);
            headers.Write(segment.Linear, index, length);
            segment.LinkType = packet.LinkType;
            // Nothing of the chain's state may stay: a copy with a segment size is cut once more by whoever sees it next.
            segment.Offload = new OffloadState { Checksum = VerdictOf(source ?? packet) };
            if (length > 0)
                payload.Attach(segment, length, sum: false, Packet.MaxFragments, out _);
            source = source is null ? packet.FragmentList : source.Next;
            if (index != count - 1)
                segment = segment.Next!;
        }
        pool.ReleaseChainAfter(segment, count);
        segments.EnqueueChain(first, segment, count);
        payload.Close();
        pages.Close();
    }

    /// <summary>What is known of a packet's checksum still holds when its headers are updated with care; a sum over all of it does not.</summary>
    private static ChecksumState VerdictOf(Packet packet) =>
        packet.Offload.Checksum == ChecksumState.Unnecessary ? ChecksumState.Unnecessary : ChecksumState.None;
}
