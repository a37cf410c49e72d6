using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>An IPv6 header's part in cutting (<c>ipv6_gso_segment</c>, net/ipv6/ip6_offload.c): the payload length, extension headers included.</summary>
internal static class IPv6Segments
{
    private const int PayloadLengthOffset = 4;
    private const int HeaderSize = 40;

    public static void Prepare(Span<byte> template, in Layer layer, int segmentLength) =>
        BinaryPrimitives.WriteUInt16BigEndian(
            template[(layer.Offset + PayloadLengthOffset)..], (ushort)(segmentLength - layer.Offset - HeaderSize));
}
