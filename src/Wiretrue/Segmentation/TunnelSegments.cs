using Wiretrue.Checksums;
using Wiretrue.Headers;

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

    /// <summary>Sets the checksum of the outer UDP header; everything inside must be in place.</summary>
    /// <param name="template">The headers, up to the inner transport's.</param>
    /// <param name="layout">Their layers.</param>
    /// <param name="udp">Index of the outer UDP layer.</param>
    /// <param name="transportOffset">Where the inner transport header begins.</param>
    /// <param name="innerPseudoHeader">Sum of its pseudo-header.</param>
    /// <param name="segmentLength">Bytes of the whole segment.</param>
    public static void PrepareUdpChecksum(
        Span<byte> template, in PacketLayout layout, int udp, int transportOffset, ushort innerPseudoHeader, int segmentLength)
    {
        int offset = layout[udp].Offset;
        UdpHeader.SetChecksum(template[offset..], 0);
        ushort sum = SumOfTunnel(template, offset, transportOffset, innerPseudoHeader);
        sum = InternetChecksum.Add(sum, PseudoHeader.Sum(template, layout, udp, segmentLength - offset));
        UdpHeader.SetChecksum(template[offset..], UdpSegments.ChecksumOf(sum));
    }

    /// <summary>
    /// Sets the checksum of a GRE header that has one (RFC 2784 2.5); it covers no pseudo-header, and 0 is written as it is.
    /// </summary>
    public static void PrepareGreChecksum(Span<byte> template, in Layer gre, int transportOffset, ushort innerPseudoHeader)
    {
        GreHeader.SetChecksum(template[gre.Offset..], 0);
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
