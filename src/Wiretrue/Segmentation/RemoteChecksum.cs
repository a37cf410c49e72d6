using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// The part of remote checksum offload in cutting (<c>SKB_GSO_TUNNEL_REMCSUM</c>, net/ipv4/udp_offload.c): segments leave with the sum of the
/// inner pseudo-header in their inner field, and the tunnel's header tells the receiver what to make of it.
/// </summary>
/// <remarks>
/// <code>
///   outer UDP │ VXLAN or GUE: start, offset │ inner headers │ field: pseudo-header │ payload
///   └──────────────────────────── what the outer checksum covers, as it is ───────────────┘
/// </code>
/// So the outer checksum is the only one that protects the payload. It covers the field as it is sent, unlike a local checksum offload's,
/// which counts on the inner checksum being completed.
/// </remarks>
internal static class RemoteChecksum
{
    /// <summary>
    /// True when exactly one header before the transport asks for the checksum at that transport, and only where <paramref name="type"/>
    /// announces it: else the receiver would make something of the field that it is not.
    /// </summary>
    public static bool IsAnnouncedRight(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, GsoType type)
    {
        int asking = 0;
        for (int i = 0; i < transport; i++)
            asking += RemoteChecksumRequest.TryRead(packet, layout[i], out _) ? 1 : 0;
        return (type & GsoType.TunnelRemoteChecksum) == 0
            ? asking == 0
            : asking == 1 && RemoteChecksumRequest.IsFor(packet, layout, transport);
    }

    /// <summary>
    /// Gives segments whose inner checksum stays as it is their outer one: it is owed when <paramref name="features"/> have it, and else done.
    /// </summary>
    /// <param name="first">The first of the segments, their inner checksum owed.</param>
    /// <param name="layout">The super-frame's walk, which holds for the headers of each of them.</param>
    /// <param name="transport">Index of the inner transport.</param>
    /// <param name="type">The super-frame's.</param>
    /// <param name="features">What the device does.</param>
    public static void Leave(Packet first, in PacketLayout layout, int transport, GsoType type, DeviceFeatures features)
    {
        int udp = transport - 1;
        while (layout[udp].Kind != LayerKind.Udp)
            udp--;
        bool isOwed = (features & DeviceFeatures.ChecksumGeneric) != 0
            || (features & (layout[layout.NetworkOf(udp)].Kind == LayerKind.IPv4 ? DeviceFeatures.ChecksumIPv4 : DeviceFeatures.ChecksumIPv6)) != 0;
        for (Packet? segment = first; segment is not null; segment = segment.Next)
        {
            segment.Offload = default;
            if ((type & GsoType.UdpTunnelChecksum) != 0)
                LeaveOuter(segment, layout, udp, isOwed);
        }
    }

    private static void LeaveOuter(Packet segment, in PacketLayout layout, int udp, bool isOwed)
    {
        int offset = layout[udp].Offset;
        Span<byte> header = segment.Linear[offset..];
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(header[UdpHeader.LengthOffset..]);
        ushort pseudoHeader = PseudoHeader.Sum(segment.Linear, layout, udp, length);
        // What was not captured cannot be summed.
        if (isOwed || segment.MissingTail > 0)
        {
            UdpHeader.SetChecksum(header, pseudoHeader);
            segment.Offload = new OffloadState
            {
                Checksum = ChecksumState.Partial,
                ChecksumStart = offset,
                ChecksumOffset = UdpHeader.ChecksumOffset,
            };
            return;
        }
        UdpHeader.SetChecksum(header, 0);
        UdpHeader.SetChecksum(header, UdpSegments.ChecksumOf(InternetChecksum.Add(pseudoHeader, segment.Sum(offset, length))));
    }
}
