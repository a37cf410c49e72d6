using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Cuts what is inside an ESP, before it is encrypted (<c>esp4_gso_segment</c>, net/ipv4/esp4_offload.c, and <c>esp6_gso_segment</c>).</summary>
/// <remarks>
/// The segments are as they leave Linux's segmentation: the ESP header and the room for the initialization vector repeated, the sequence
/// number counted up, what is inside cut as anywhere else, IP lengths without a trailer. Padding, trailer, encryption and check value are
/// the device's work, or the caller's, and are owed: <see cref="OffloadState.EspNextHeader"/> stays. <see cref="EspTrailer"/> does the part
/// of it that takes no key. The upper half of an extended sequence number is not in the packet (RFC 4303 2.2.1): who encrypts counts it.
/// <code>
///   super-frame   [ IP │ ESP seq 7 │ IV │ TCP ][ payload                     ]
///   segments      [ IP │ ESP seq 7 │ IV │ TCP ]─► payload      owed: trailer, encryption, check value
///                 [ IP │ ESP seq 8 │ IV │ TCP ]──────────────► payload
/// </code>
/// </remarks>
internal static class EspSegmentation
{
    /// <inheritdoc cref="GenericSegmentation.Segment"/>
    public static DropReason Segment(Packet packet, DeviceFeatures features, PacketQueue segments)
    {
        DropReason reason = Open(packet, out int esp);
        if (reason != DropReason.None)
            return reason;
        // What is encrypted can't be summed afterwards, but by a card that does both.
        if ((features & DeviceFeatures.Esp) == 0 || (features & DeviceFeatures.EspChecksum) == 0)
            features &= ~DeviceFeatures.ChecksumMask;
        Packet? last = segments.Last;
        reason = TransportSegmentation.Segment(packet, features & ~DeviceFeatures.PartialSegmentation, segments);
        packet.IsWalked = false;
        if (reason != DropReason.None)
            return reason;

        EspHeader.TryCreate(packet.Linear[esp..], out EspHeader header);
        uint sequence = header.Sequence;
        OffloadState offload = packet.Offload;
        for (Packet? segment = last is null ? segments.First : last.Next; segment is not null; segment = segment.Next)
        {
            EspHeader.SetSequence(segment.Linear[esp..], sequence++);
            segment.Offload = segment.Offload with { EspNextHeader = offload.EspNextHeader, EspIVLength = offload.EspIVLength };
        }
        return DropReason.None;
    }

    /// <inheritdoc cref="GenericSegmentation.Inspect"/>
    public static DropReason Inspect(Packet packet)
    {
        DropReason reason = Open(packet, out _);
        if (reason == DropReason.None)
            reason = TransportSegmentation.Inspect(packet);
        packet.IsWalked = false;
        return reason;
    }

    /// <summary>Makes the layout one of what is inside, too; the packet must be walked anew afterwards, as others see no further.</summary>
    private static DropReason Open(Packet packet, out int esp)
    {
        esp = 0;
        GsoType transport = packet.Offload.GsoType & GsoType.TransportMask;
        if (transport is not (GsoType.TcpV4 or GsoType.TcpV6 or GsoType.UdpL4))
            return DropReason.GsoUnsupportedHeader;
        // Its headers are the second level already.
        if (packet.Offload.GsoType.IsTunnel())
            return DropReason.GsoNestedTunnels;
        if (packet.Layout.OuterNetwork < 0)
            return DropReason.GsoHeadersIncomplete;
        return EspLayout.TryExtend(packet, out esp) ? DropReason.None : DropReason.GsoTypeMismatch;
    }
}
