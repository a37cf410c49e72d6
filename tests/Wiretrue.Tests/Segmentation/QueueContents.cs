using Wiretrue.Packets;

namespace Wiretrue.Tests.Segmentation;

/// <summary>What lies in a queue, packet by packet.</summary>
internal static class QueueContents
{
    /// <summary>The packets themselves.</summary>
    public static List<Packet> Packets(this PacketQueue queue)
    {
        var packets = new List<Packet>(queue.Count);
        for (Packet? packet = queue.First; packet is not null; packet = packet.Next)
            packets.Add(packet);
        return packets;
    }

    /// <summary>Their bytes.</summary>
    public static List<byte[]> Frames(this PacketQueue queue) => queue.Packets().ConvertAll(Cutter.Bytes);

    /// <summary>Their lengths on the wire.</summary>
    public static int[] Lengths(this PacketQueue queue) => [.. queue.Packets().Select(packet => packet.OriginalLength)];

    /// <summary>How many of their bytes are missing.</summary>
    public static int[] Missing(this PacketQueue queue) => [.. queue.Packets().Select(packet => packet.MissingTail)];

    /// <summary>The pages that a packet's parts lie in, in order.</summary>
    public static List<Page> Pages(this PacketParts parts)
    {
        var pages = new List<Page>();
        foreach (PageFragment part in parts)
            pages.Add(part.Page);
        return pages;
    }
}
