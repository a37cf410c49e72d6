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
/// </remarks>
internal static class LocalChecksumOffload
{
    /// <summary>Writes the checksum of the UDP or GRE header around the transport whose checksum is owed.</summary>
    public static DropReason CompleteOuter(Packet packet)
    {
        packet.Walk();
        OffloadState offload = packet.Offload;
        ref PacketLayout layout = ref packet.Layout;
        int outer = FindOuter(layout, offload);
        if (outer < 0)
            return DropReason.GsoTypeMismatch;
        Layer layer = layout[outer];
        if (!packet.EnsureLinear(offload.ChecksumStart + offload.ChecksumOffset + sizeof(ushort)))
            return DropReason.ChecksumBeyondPacket;

        Span<byte> linear = packet.Linear;
        bool isUdp = layer.Kind == LayerKind.Udp;
        // Without the checksum bit, the key is where the checksum would be.
        if (!isUdp && !(GreHeader.TryCreate(linear[layer.Offset..], out GreHeader gre) && gre.HasChecksum))
            return DropReason.GsoTypeMismatch;
        int fieldOffset = isUdp ? UdpHeader.ChecksumOffset : GreHeader.ChecksumOffset;
        Span<byte> field = linear.Slice(layer.Offset + fieldOffset, sizeof(ushort));
        field.Clear();
        ushort inner = BinaryPrimitives.ReadUInt16BigEndian(linear[(offload.ChecksumStart + offload.ChecksumOffset)..]);
        ushort sum = InternetChecksum.Combine(
            InternetChecksum.Sum(linear[layer.Offset..offload.ChecksumStart]), (ushort)~inner, offload.ChecksumStart - layer.Offset);
        sum = AddTrailer(packet, sum, layer, layout[layout.InnerTransport]);
        if (isUdp)
            sum = InternetChecksum.Add(sum, PseudoHeader.Sum(linear, layout, outer, layer.Length));
        // GRE has no use for 0 in its field, but 0 is what Linux leaves there when it comes to that (gre_build_header).
        BinaryPrimitives.WriteUInt16BigEndian(field, isUdp ? PartialChecksum.OfSum(sum) : (ushort)~sum);
        return DropReason.None;
    }

    /// <summary>Index of the layer whose checksum covers the inner transport; -1 when there is none of the announced kind.</summary>
    private static int FindOuter(in PacketLayout layout, in OffloadState offload)
    {
        int inner = layout.InnerTransport;
        if (inner < 0 || layout[inner].Offset != offload.ChecksumStart)
            return -1;
        LayerKind wanted = (offload.GsoType & GsoType.UdpTunnelChecksum) != 0 ? LayerKind.Udp : LayerKind.Gre;
        for (int i = inner - 1; i >= 0; i--)
        {
            if (layout[i].Kind == wanted)
                return i;
        }
        return -1;
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
