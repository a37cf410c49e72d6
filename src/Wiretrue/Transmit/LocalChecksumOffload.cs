using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>
/// Finishes the outer checksum of a tunnelled packet whose inner one is owed still, without reading the payload (<c>lco_csum</c>).
/// </summary>
/// <remarks>
/// Once the inner checksum is right, everything from the inner transport header on sums up to the complement of what its field holds now:
/// the pseudo-header's sum. Documentation/networking/checksum-offloads.rst of the kernel.
/// <code>
///   outer UDP │ VXLAN │ Ethernet │ IP │ TCP  ...  payload ...
///   └──────── summed ────────────────┘└── known: ~field ───┘
/// </code>
/// Tunnels in one another are done from the inside out.
/// </remarks>
internal static class LocalChecksumOffload
{
    /// <summary>
    /// Writes the checksums of the UDP and GRE headers around the transport whose checksum is owed, from the inside out: to an outer tunnel,
    /// the checksum of an inner one is data.
    /// </summary>
    public static DropReason CompleteOuter(Packet packet)
    {
        packet.Walk();
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        int inner = layout.TransportAt(offload.ChecksumStart);
        if (inner < 0)
            return DropReason.GsoTypeMismatch;
        if (!packet.EnsureLinear(offload.ChecksumStart + offload.ChecksumOffset + sizeof(ushort)))
            return DropReason.ChecksumBeyondPacket;

        bool isDone = false;
        for (int i = inner - 1; i >= 0; i--)
        {
            bool isUdp = layout[i].Kind == LayerKind.Udp && (offload.GsoType & GsoType.UdpTunnelChecksum) != 0;
            bool isGre = layout[i].Kind == LayerKind.Gre && (offload.GsoType & GsoType.GreChecksum) != 0
                // Without the checksum bit, the key is where the checksum would be.
                && GreHeader.TryCreate(packet.Linear[layout[i].Offset..], out GreHeader gre) && gre.HasChecksum;
            if (!isUdp && !isGre)
                continue;
            Complete(packet, i, inner, isUdp ? UdpHeader.ChecksumOffset : GreHeader.ChecksumOffset);
            isDone = true;
        }
        return isDone ? DropReason.None : DropReason.GsoTypeMismatch;
    }

    /// <summary>
    /// The sum from <paramref name="start"/> to where the checksum that is owed ends to cover, as it will be once that is completed: no byte
    /// behind its field is read.
    /// </summary>
    /// <param name="packet">A packet with a partial Internet checksum, linear up to its field.</param>
    /// <param name="start">Where to sum from, at any distance before <see cref="OffloadState.ChecksumStart"/>, odd ones too.</param>
    public static ushort Sum(Packet packet, int start)
    {
        OffloadState offload = packet.Offload;
        ReadOnlySpan<byte> linear = packet.Linear;
        ushort owed = BinaryPrimitives.ReadUInt16BigEndian(linear[(offload.ChecksumStart + offload.ChecksumOffset)..]);
        int distance = offload.ChecksumStart - start;
        // At an odd distance the rest has its bytes in the other halves of the words.
        return InternetChecksum.Combine(InternetChecksum.Sum(linear.Slice(start, distance)), (ushort)~owed, distance);
    }

    private static void Complete(Packet packet, int outer, int inner, int fieldOffset)
    {
        ref PacketLayout layout = ref packet.Layout;
        Layer layer = layout[outer];
        Span<byte> linear = packet.Linear;
        Span<byte> field = linear.Slice(layer.Offset + fieldOffset, sizeof(ushort));
        field.Clear();
        ushort sum = Sum(packet, layer.Offset);
        sum = AddTrailer(packet, sum, layer, layout[inner]);
        if (layer.Kind == LayerKind.Udp)
            sum = InternetChecksum.Add(sum, PseudoHeader.Sum(linear, layout, outer, layer.Length));
        // GRE has no use for 0 in its field, but 0 is what Linux leaves there when it comes to that (gre_build_header).
        BinaryPrimitives.WriteUInt16BigEndian(field, layer.Kind == LayerKind.Udp ? PartialChecksum.OfSum(sum) : (ushort)~sum);
    }

    /// <summary>
    /// Counts in what the tunnel carries after the inner IP packet: padding of a short inner frame, say, which need not be zero.
    /// </summary>
    private static ushort AddTrailer(Packet packet, ushort sum, in Layer outer, in Layer inner)
    {
        int end = Math.Min(outer.End, packet.Length);
        return inner.End >= end
            ? sum
            : InternetChecksum.Combine(sum, packet.Sum(inner.End, end - inner.End), inner.End - outer.Offset);
    }
}
