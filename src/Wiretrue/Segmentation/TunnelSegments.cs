using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>The tunnel header's part in cutting: UDP (<c>skb_udp_tunnel_segment</c>) and GRE (<c>gre_gso_segment</c>).</summary>
/// <remarks>
/// Local checksum offload, once for all segments of a length: from the inner transport header to the segment's end everything sums up to
/// the complement of the inner pseudo-header, whatever the payload, once the inner checksum is right. An inner IPv4 header sums up to
/// zero, whatever its identification. So the outer checksum is the same in every segment of a length, and no payload is read for it.
/// </remarks>
internal static class TunnelSegments
{
    /// <summary>
    /// Sets the length of the outer UDP header (RFC 768); that it may have overflowed in the super-frame does not matter.
    /// </summary>
    public static void PrepareUdpLength(Span<byte> template, in Layer layer, int segmentLength) =>
        UdpHeader.SetLength(template[layer.Offset..], (ushort)(segmentLength - layer.Offset));

    /// <summary>
    /// Sets the checksums of all tunnels that <paramref name="type"/> says have one, from the inside out: an outer one covers the inner.
    /// </summary>
    /// <param name="template">The headers, up to the inner transport's; everything else in them must be in place.</param>
    /// <param name="layout">Their layers.</param>
    /// <param name="transport">Index of the inner transport layer.</param>
    /// <param name="type">How the super-frame is wrapped.</param>
    /// <param name="innerPseudoHeader">Sum of the inner pseudo-header.</param>
    /// <param name="segmentLength">Bytes of the whole segment.</param>
    public static void PrepareChecksums(
        Span<byte> template, in PacketLayout layout, int transport, GsoType type, ushort innerPseudoHeader, int segmentLength)
    {
        if ((type & GsoTypeExtensions.OuterChecksums) == 0)
            return;
        int transportOffset = layout[transport].Offset;
        for (int i = transport - 1; i >= 0; i--)
        {
            if (!HasChecksum(layout[i].Kind, type))
                continue;
            if (layout[i].Kind == LayerKind.Udp)
                PrepareUdpChecksum(template, layout, i, transportOffset, innerPseudoHeader, segmentLength);
            else
                PrepareGreChecksum(template, layout[i], transportOffset, innerPseudoHeader);
        }
    }

    /// <summary>True when a header of <paramref name="kind"/> before the transport is a tunnel's that has a checksum.</summary>
    public static bool HasChecksum(LayerKind kind, GsoType type) => kind switch
    {
        LayerKind.Udp => (type & GsoType.UdpTunnelChecksum) != 0,
        LayerKind.Gre => (type & GsoType.GreChecksum) != 0,
        _ => false,
    };

    /// <summary>Clears the checksum of a GRE header, and what is reserved behind it, as Linux does (<c>gre_gso_segment</c>).</summary>
    public static void ClearGreChecksum(Span<byte> header) => header.Slice(GreHeader.ChecksumOffset, sizeof(uint)).Clear();

    private static void PrepareUdpChecksum(
        Span<byte> template, in PacketLayout layout, int udp, int transportOffset, ushort innerPseudoHeader, int segmentLength)
    {
        int offset = layout[udp].Offset;
        UdpHeader.SetChecksum(template[offset..], 0);
        ushort sum = SumOfTunnel(template, offset, transportOffset, innerPseudoHeader);
        sum = InternetChecksum.Add(sum, PseudoHeader.Sum(template, layout, udp, segmentLength - offset));
        UdpHeader.SetChecksum(template[offset..], UdpSegments.ChecksumOf(sum));
    }

    /// <summary>The checksum of GRE (RFC 2784 2.5) covers no pseudo-header, and 0 is written as it is.</summary>
    private static void PrepareGreChecksum(Span<byte> template, in Layer gre, int transportOffset, ushort innerPseudoHeader)
    {
        ClearGreChecksum(template[gre.Offset..]);
        ushort sum = SumOfTunnel(template, gre.Offset, transportOffset, innerPseudoHeader);
        GreHeader.SetChecksum(template[gre.Offset..], (ushort)~sum);
    }

    private static ushort SumOfTunnel(ReadOnlySpan<byte> template, int offset, int transportOffset, ushort innerPseudoHeader)
    {
        // The complement of a sum is the sum with its sign turned; at an odd distance its bytes are in the other halves.
        ushort sum = InternetChecksum.Sum(template[offset..transportOffset]);
        return InternetChecksum.Combine(sum, (ushort)~innerPseudoHeader, transportOffset - offset);
    }
}
