using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>
/// Headers below and between the network layers that count bytes: 802.3, PPPoE, GTP-U and netfilter's log. VLAN tags and MPLS labels do
/// not; they are copied.
/// </summary>
internal static class LinkSegments
{
    /// <summary>What a TLV of the netfilter log is padded to (<c>NFA_ALIGNTO</c>).</summary>
    public const int NflogAlignment = 4;

    /// <summary>The length field of 802.3 is the two bytes before the LLC header, and counts from there on.</summary>
    public static void PrepareSnap(Span<byte> template, in Layer layer, int segmentLength) =>
        BinaryPrimitives.WriteUInt16BigEndian(template[(layer.Offset - sizeof(ushort))..], (ushort)(segmentLength - layer.Offset));

    /// <summary>PPPoE counts what follows its six bytes: the PPP protocol as well (RFC 2516 4).</summary>
    public static void PreparePppoe(Span<byte> template, in Layer layer, int segmentLength) =>
        PppoeHeader.SetLength(template[layer.Offset..], (ushort)(segmentLength - layer.Offset - PppoeHeader.Size + sizeof(ushort)));

    /// <summary>GTP-U counts what follows its first eight bytes (3GPP TS 29.281 5.1).</summary>
    public static void PrepareGtpU(Span<byte> template, in Layer layer, int segmentLength) =>
        GtpUHeader.SetLength(template[layer.Offset..], (ushort)(segmentLength - layer.Offset - GtpUHeader.MinimumSize));

    /// <summary>The TLV that holds the packet counts it, without its padding, and is the last one.</summary>
    public static void PrepareNflog(Span<byte> template, in Layer layer, int segmentLength) =>
        NflogHeader.SetPayloadLength(template[layer.Offset..layer.ContentOffset], segmentLength - layer.ContentOffset);
}
