using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Segmentation;

/// <summary>Headers below and between the network layers that count bytes: 802.3, PPPoE and GTP-U. VLAN tags and MPLS labels do not; they are copied.</summary>
internal static class LinkSegments
{
    /// <summary>The length field of 802.3 is the two bytes before the LLC header, and counts from there on.</summary>
    public static void PrepareSnap(Span<byte> template, in Layer layer, int segmentLength) =>
        BinaryPrimitives.WriteUInt16BigEndian(template[(layer.Offset - 2)..], (ushort)(segmentLength - layer.Offset));

    /// <summary>PPPoE's length is in bytes 4 and 5, and counts what follows its 6 bytes (RFC 2516 4).</summary>
    public static void PreparePppoe(Span<byte> template, in Layer layer, int segmentLength) =>
        BinaryPrimitives.WriteUInt16BigEndian(template[(layer.Offset + 4)..], (ushort)(segmentLength - layer.Offset - 6));

    /// <summary>GTP-U's length is in bytes 2 and 3, and counts what follows its first 8 bytes (3GPP TS 29.281 5.1).</summary>
    public static void PrepareGtpU(Span<byte> template, in Layer layer, int segmentLength) =>
        BinaryPrimitives.WriteUInt16BigEndian(template[(layer.Offset + 2)..], (ushort)(segmentLength - layer.Offset - 8));
}
