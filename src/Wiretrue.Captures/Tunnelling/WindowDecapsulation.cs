using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Pipelines;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>Opens one window after the other.</summary>
internal sealed class WindowDecapsulation(DecapsulationOptions options, DecapsulationReport report, RecordEmitter emitter)
    : WindowWork(report, emitter)
{
    // Bits 5 to 8 of epb_flags: nothing follows a packet in the output.
    public const PacketFlags FcsLength = (PacketFlags)(0xF << 5);

    private readonly byte[] _link = new byte[LinkFraming.MaxLength];
    private readonly byte[] _note = new byte[SegmentationNote.MaxLength];
    private PacketLayout _layout;

    /// <inheritdoc/>
    protected override int Work(int record)
    {
        ref readonly CaptureRecord captured = ref Window.Records[record];
        ReadOnlySpan<byte> packet = Window.Data(in captured);
        PacketWalk.Walk(packet, OriginalLength(in captured), captured.LinkType, options.Ports, ref _layout);
        PeeledPacket peeled = PeeledPacket.Peel(packet, in _layout, options, report);
        PeelFault fault = peeled.Fault;
        if (fault == PeelFault.None && !TryEmit(record, in captured, packet, in peeled))
            fault = PeelFault.NoLink;
        if (fault == PeelFault.None)
            report.Decapsulated++;
        else
            Leave(record, in captured, packet, fault);
        return record + 1;
    }

    // Absurd original lengths occur in broken captures; fewer bytes than were captured cannot have been on the wire.
    private static int OriginalLength(in CaptureRecord record) =>
        Math.Max(record.CapturedLength, (int)Math.Min(record.OriginalLength, int.MaxValue));

    private bool TryEmit(int record, in CaptureRecord captured, ReadOnlySpan<byte> packet, in PeeledPacket peeled)
    {
        int inside = _layout[peeled.Inside].Offset;
        int removed = inside - _layout[peeled.Network].Offset;
        int link = peeled.Type == 0
            ? 0 : LinkFraming.Write(packet, in _layout, peeled.From, peeled.Network, peeled.Type, -removed, options.MakesEthernet, _link);
        bool isOtherLink = !options.MakesEthernet
            && (peeled.Type == 0 ? captured.LinkType != LinkType.Ethernet : !LinkFraming.Carries(captured.LinkType, peeled.Type));
        if (link < 0 || isOtherLink)
            return false;

        int end = Math.Min(peeled.End, packet.Length);
        (int start, int length) = TrailerOf(in captured, in peeled);
        ReadOnlySpan<byte> trailer = end < peeled.End || start >= packet.Length ? default : packet[start..Math.Min(start + length, packet.Length)];
        bool isNoted = TryNote(in captured, in peeled, out int note);
        Span<byte> frame = Emitter.Emit(record, new RecordChange
        {
            CapturedLength = link + end - inside + trailer.Length,
            OriginalLength = (uint)(link + peeled.End - inside + length),
            ClearFlags = PacketFlags.ChecksumValid | FcsLength,
            Comment = _note.AsSpan(0, note),
        });
        _link.AsSpan(0, link).CopyTo(frame);
        packet[inside..end].CopyTo(frame[link..]);
        trailer.CopyTo(frame[(link + end - inside)..]);
        if (!isNoted)
            CompleteRemote(packet, in peeled, frame.Slice(link, end - inside), inside);
        report.OutPackets++;
        return true;
    }

    // What follows the packet on the link (padding, a trailer) is the link's, as the header is; but for a frame check sequence, which is wrong now.
    private (int Start, int Length) TrailerOf(in CaptureRecord captured, in PeeledPacket peeled)
    {
        if (peeled.Type == 0)
            return (0, 0);
        int start = _layout[peeled.Network].End;
        int end = peeled.From > 0 ? _layout[peeled.From].End : OriginalLength(in captured) - captured.FcsLength;
        return (start, Math.Max(end - start, 0));
    }

    // A super-frame stays whole, and so does what was noted of it, less the tunnels.
    private bool TryNote(in CaptureRecord captured, in PeeledPacket peeled, out int length)
    {
        length = 0;
        if (!SegmentationNote.TryRead(Window.Buffer, in captured, out SegmentationNote note))
            return false;
        GsoType type = note.Type;
        bool isLast = TunnelOpening.Find(Window.Data(in captured), in _layout, peeled.Inside).Kind == TunnelKind.None;
        if (isLast)
            type &= ~(GsoType.TunnelMask | GsoType.TunnelRemoteChecksum);
        // What was inside is outside now.
        if (isLast && (note.Type & GsoType.TunnelMask) != 0)
            type = (type & ~GsoType.TcpFixedId & ~GsoType.TcpFixedIdInner) | ((note.Type & GsoType.TcpFixedIdInner) != 0 ? GsoType.TcpFixedId : 0);
        length = (note with { Type = type }).Write(_note);
        return true;
    }

    private void CompleteRemote(ReadOnlySpan<byte> packet, in PeeledPacket peeled, Span<byte> content, int inside)
    {
        for (int i = 0; i < peeled.Inside; i++)
        {
            if (!RemoteChecksumRequest.TryRead(packet, _layout[i], out RemoteChecksumRequest request))
                continue;
            int transport = _layout.TransportAt(request.Start);
            int end = (transport >= 0 ? _layout[transport].End : peeled.End) - inside;
            bool done = request.Start >= inside && end <= content.Length
                && PartialChecksum.TryComplete(content[..end], request.Start - inside, request.Field - request.Start, out _);
            if (done)
                report.RemoteChecksums++;
            else
                report.RemoteChecksumsLeft++;
        }
    }

    private void Leave(int record, in CaptureRecord captured, ReadOnlySpan<byte> packet, PeelFault fault)
    {
        report.Count(fault);
        if (!options.KeepOthers)
        {
            Emitter.Drop(record);
            return;
        }
        report.OutPackets++;
        if (!options.MakesEthernet || LinkFraming.Common(captured.LinkType) == captured.LinkType)
            return;
        // The output's link type is another: the packet gets a header of that.
        int link = LinkFraming.WriteOther(packet, in _layout, _link, out int start);
        Span<byte> frame = Emitter.Emit(record, new RecordChange
        {
            CapturedLength = link + packet.Length - start,
            OriginalLength = (uint)(link + OriginalLength(in captured) - start),
            ClearFlags = FcsLength,
        });
        _link.AsSpan(0, link).CopyTo(frame);
        packet[start..].CopyTo(frame[link..]);
    }
}
