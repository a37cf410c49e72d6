using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Where a super-frame is to be cut whose fragment list says it, once it is certain that it can be.</summary>
internal readonly struct ListPlan
{
    /// <summary>Index of the transport layer, the last whose header is repeated.</summary>
    public int Transport { get; private init; }

    /// <summary>Bytes of the repeated headers.</summary>
    public int HeaderLength { get; private init; }

    /// <summary>Bytes behind the headers in the packet itself, fragments included: a segment of their own unless there are none.</summary>
    public int HeadLength { get; private init; }

    /// <summary>How many segments there will be.</summary>
    public int Count { get; private init; }

    /// <summary>Looks at everything that could stand in the way.</summary>
    public static DropReason TryCreate(Packet packet, out ListPlan plan)
    {
        plan = default;
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        DropReason reason = GsoHeaders.TryFindTransport(packet, out int transport);
        if (reason != DropReason.None)
            return reason;

        int headerLength = layout[transport].ContentOffset;
        if (headerLength > packet.LinearLength)
            return DropReason.GsoHeadersIncomplete;
        if (headerLength > GenericSegmentation.MaxHeaderLength || layout[0].Kind == LayerKind.Nflog)
            return DropReason.GsoUnsupportedHeader;
        // Where one segment ends and the next begins is in the list and nowhere else; what was snapped of it is lost.
        if (packet.FragmentList is null || offload.GsoSize != OffloadState.GsoByFragmentList || packet.MissingTail > 0)
            return DropReason.GsoListMissing;

        int room = ushort.MaxValue - (headerLength - layout[layout.OuterNetwork].Offset);
        int head = packet.Length - headerLength;
        int count = 0;
        for (Packet? part = packet.FragmentList; part is not null; part = part.Next)
        {
            if (part.Length > room)
                return DropReason.GsoSegmentTooLong;
            head -= part.Length;
            count++;
        }
        if (head > room)
            return DropReason.GsoSegmentTooLong;
        if (head > 0)
            count++;
        if (count > ushort.MaxValue)
            return DropReason.GsoTooLarge;
        plan = new ListPlan { Transport = transport, HeaderLength = headerLength, HeadLength = head, Count = count };
        return DropReason.None;
    }
}
