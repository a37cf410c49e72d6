using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>
/// An IPv6 header's part in cutting (<c>ipv6_gso_segment</c>, net/ipv6/ip6_offload.c): the payload length, extension headers included.
/// </summary>
internal static class IPv6Segments
{
    /// <summary>Sets the length of a segment.</summary>
    public static void Prepare(Span<byte> template, in Layer layer, int segmentLength) =>
        IPv6Header.SetPayloadLength(template[layer.Offset..], (ushort)(segmentLength - layer.Offset - IPv6Header.Size));
}
