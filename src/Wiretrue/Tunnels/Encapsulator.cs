using System.Buffers.Binary;
using System.Numerics;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Tunnels;

/// <summary>
/// Puts packets into a tunnel: outer headers come before them, in place, and what is owed to them is owed to the whole from then on
/// (<c>iptunnel_xmit</c>, <c>udp_tunnel_xmit_skb</c>).
/// </summary>
/// <remarks>
/// A super-frame stays whole, with a <see cref="GsoType"/> that names the tunnel. It is for one thread: it numbers the outer headers.
/// </remarks>
public abstract partial class Encapsulator
{
    private const uint FlowLabelMask = 0xFFFFF;

    private readonly Tunnel _tunnel;

    private protected Encapsulator(Tunnel tunnel) => _tunnel = tunnel;

    /// <summary>Bytes that come before a packet, at the most: with this headroom nothing has to be moved.</summary>
    public int HeaderRoom { get; private protected init; }

    /// <summary>
    /// The identification of the next outer IPv4 header. A super-frame takes as many as it has segments (<c>__ip_select_ident</c>).
    /// </summary>
    public ushort NextIdentification { get; set; }

    /// <summary>Puts a packet into the tunnel; it stays the caller's.</summary>
    /// <param name="packet">
    /// An Ethernet frame or an IP packet, as the tunnel carries. Headers that are shared with another packet, or have no room before them,
    /// are copied; no byte of the payload is read while its checksum is owed.
    /// </param>
    /// <returns><see cref="DropReason.None"/>; or why the tunnel does not carry it.</returns>
    public DropReason Encapsulate(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (!packet.InsertVlanTag())
            return DropReason.VlanTagWithoutPlace;
        DropReason reason = FinishCrc32C(packet);
        if (reason != DropReason.None)
            return reason;
        packet.Walk();
        InnerPacket inner = InnerPacket.Of(packet);
        reason = Choose(packet, inner, out HeaderTemplate template);
        if (reason == DropReason.None)
            reason = NestedTunnels.CheckBefore(packet.Offload);
        if (reason == DropReason.None)
            reason = CheckLength(packet, inner, template);
        if (reason != DropReason.None)
            return reason;

        (OffloadState before, LinkType linkType, ushort identification) = (packet.Offload, packet.LinkType, NextIdentification);
        // Local checksum offload reads up to the field that is owed, however many headers there are before it.
        if (!packet.EnsureWritable(OwedEnd(packet.Offload), HeaderRoom))
            return DropReason.ChecksumBeyondPacket;
        if (InnerChecksum.MustBeCompleted(packet))
            reason = PartialChecksum.Complete(packet);
        if (reason != DropReason.None)
            return reason;
        uint flow = _tunnel.FlowHash.Of(packet.Linear, packet.Layout);
        int segments = SegmentsOf(packet);
        packet.Push(template.Bytes.Length);
        template.Bytes.CopyTo(packet.Linear);
        packet.LinkType = _tunnel.Link is null ? LinkType.Raw : LinkType.Ethernet;
        WriteTunnel(packet, template, inner, flow);
        WriteNetwork(packet, template, inner, segments, flow);
        if (NestedTunnels.Concern(before))
            reason = NestedTunnels.CheckAfter(packet);
        if (reason != DropReason.None)
        {
            packet.Pull(template.Bytes.Length);
            (packet.Offload, packet.LinkType, NextIdentification) = (before, linkType, identification);
        }
        return reason;
    }

    /// <summary>Finds the headers for a packet, or why the tunnel does not carry it.</summary>
    private protected abstract DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template);

    /// <summary>
    /// Fills in what is behind the outer IP header, for a packet that has its template before it already; and says in its state what is
    /// owed to it now.
    /// </summary>
    /// <param name="packet">The packet. What it owed inside, it still owes: <see cref="OffloadState.ChecksumStart"/> moved along.</param>
    /// <param name="template">The headers.</param>
    /// <param name="inner">What was found of the packet before, its offsets counted without the template.</param>
    /// <param name="flow">A number that the packets of a flow have in common.</param>
    private protected abstract void WriteTunnel(Packet packet, HeaderTemplate template, in InnerPacket inner, uint flow);

    private void WriteNetwork(Packet packet, HeaderTemplate template, in InnerPacket inner, int segments, uint flow)
    {
        Span<byte> header = packet.Linear[template.NetworkOffset..];
        int length = packet.OriginalLength - template.NetworkOffset;
        byte typeOfService = CongestionNotification.Encapsulate(
            _tunnel.TypeOfService ?? inner.TypeOfService, inner.TypeOfService, _tunnel.Ecn);
        byte timeToLive = _tunnel.TimeToLive ?? (inner.Type == LayerKind.None ? Tunnel.DefaultTimeToLive : inner.TimeToLive);
        if (template.IsIPv4)
        {
            WriteIPv4(header, template.NetworkSum, length, typeOfService, timeToLive, ForbidsFragments(inner, template));
            NextIdentification += (ushort)segments;
            return;
        }
        // What does not fit is left 0, and the packet's own length counts (__ip6_local_out).
        length -= IPv6Header.Size;
        IPv6Header.SetPayloadLength(header, (ushort)(length > ushort.MaxValue ? 0 : length));
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(header) | (typeOfService << 4)));
        header[7] = timeToLive;
        if (_tunnel.FlowLabelMode != FlowLabelMode.Fixed)
            WriteFlowLabel(header, _tunnel.FlowLabelMode == FlowLabelMode.Hash ? LabelOf(flow) : LabelOf(packet.Linear[template.Bytes.Length..], inner));
    }

    private static void WriteFlowLabel(Span<byte> header, uint label) =>
        BinaryPrimitives.WriteUInt32BigEndian(header, (BinaryPrimitives.ReadUInt32BigEndian(header) & ~FlowLabelMask) | label);

    /// <summary>A flow's label. The source port has the number's upper bits, so here they stand apart (<c>ip6_make_flowlabel</c>).</summary>
    private static uint LabelOf(uint flow) => BitOperations.RotateLeft(flow, 16) & FlowLabelMask;

    private static uint LabelOf(ReadOnlySpan<byte> packet, in InnerPacket inner) =>
        inner.Type == LayerKind.IPv6 ? BinaryPrimitives.ReadUInt32BigEndian(packet[inner.NetworkOffset..]) & FlowLabelMask : 0;

    private void WriteIPv4(Span<byte> header, ushort sum, int length, byte typeOfService, byte timeToLive, bool dontFragment)
    {
        // As iph_set_totlen does.
        ushort totalLength = (ushort)(length > ushort.MaxValue ? 0 : length);
        ushort flags = (ushort)(dontFragment ? 0x4000 : 0);
        header[1] = typeOfService;
        IPv4Header.SetTotalLength(header, totalLength);
        IPv4Header.SetIdentification(header, NextIdentification);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], flags);
        header[8] = timeToLive;
        uint whole = (uint)sum + typeOfService + totalLength + NextIdentification + flags + ((uint)timeToLive << 8);
        IPv4Header.SetChecksum(header, (ushort)~InternetChecksum.Fold(whole));
    }

    /// <summary>
    /// No outer sum can count on a CRC32c (<c>csum_not_inet</c>), so one that is owed is finished before; Linux' tunnel devices do not offer it.
    /// </summary>
    private static DropReason FinishCrc32C(Packet packet)
    {
        OffloadState offload = packet.Offload;
        bool isOwed = offload.Checksum == ChecksumState.Partial && offload.ChecksumIsCrc32C && !offload.IsGso && packet.MissingTail == 0;
        return isOwed ? PartialChecksum.Complete(packet) : DropReason.None;
    }

    /// <summary>One past the field of the checksum that is owed.</summary>
    private static int OwedEnd(in OffloadState offload) =>
        offload.Checksum != ChecksumState.Partial ? 0
        : offload.ChecksumStart + offload.ChecksumOffset + (offload.ChecksumIsCrc32C ? sizeof(uint) : sizeof(ushort));

    /// <summary>How many frames a packet is.</summary>
    private static int SegmentsOf(Packet packet)
    {
        OffloadState offload = packet.Offload;
        if (!offload.IsGso)
            return 1;
        return offload.GsoSegments != 0 ? offload.GsoSegments : (packet.OriginalLength + offload.GsoSize - 1) / offload.GsoSize;
    }
}
