using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Captures.Formats;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Inference;

// The first pass: one look at each packet.
public sealed partial class OffloadInference
{
    // Payloads up to this are below every super-frame of a flow whose SYN was not seen, so the link need not be looked at.
    private const int SurelyOrdinary = 1280;

    private void ObserveRecord(byte[] buffer, in CaptureRecord record, int number, ref PacketLayout layout)
    {
        ReadOnlySpan<byte> packet = Walk(buffer, in record, ref layout);
        ref PacketVerdict verdict = ref _verdicts[number];
        verdict = default;
        if (layout.Count == 0)
            return;

        VerdictFlags flags = OriginalLength(in record) > packet.Length ? VerdictFlags.Snapped : VerdictFlags.None;
        if (layout.Fault.Kind is not (FaultKind.None or FaultKind.Snapped))
            flags |= VerdictFlags.Malformed;
        verdict.Flags = flags | ObserveHeaders(packet, in layout, ref verdict);
        if (layout.OuterTransport >= 0)
            ObserveTransports(buffer, packet, in record, in layout, number, ref verdict);
        if (NeedsDecision(in verdict))
            verdict.Flags |= VerdictFlags.NeedsDecision;
    }

    private static VerdictFlags ObserveHeaders(ReadOnlySpan<byte> packet, in PacketLayout layout, ref PacketVerdict verdict)
    {
        VerdictFlags flags = VerdictFlags.None;
        bool outermost = true;
        for (int i = 0; i < layout.Count; i++)
        {
            ref readonly Layer layer = ref layout[i];
            bool insideTransport = (uint)layout.OuterTransport < (uint)i;
            if (layer.Kind == LayerKind.Fragment && !insideTransport)
                flags |= VerdictFlags.Fragment;
            if (!layer.IsNetwork)
                continue;
            if (layer.Kind == LayerKind.IPv4)
            {
                CapturedChecksum header = IPv4Checksum.Classify(packet, in layer);
                if (outermost)
                    verdict.IPv4Header = header;
                else if (header == CapturedChecksum.Zero)
                    flags |= VerdictFlags.InnerIPv4Zero;
                if (header == CapturedChecksum.Bad)
                    flags |= VerdictFlags.IPv4Bad;
            }
            if (outermost && layer.LimitedBy == LengthSource.IPv4ZeroLength)
                flags |= VerdictFlags.IPv4LengthZero;
            if (outermost && layer.LimitedBy == LengthSource.IPv6ZeroLength)
                flags |= VerdictFlags.IPv6LengthZero;
            if (!outermost && !insideTransport)
                flags |= VerdictFlags.TunnelWithoutTransport;
            outermost = false;
        }
        return flags;
    }

    private void ObserveTransports(
        byte[] buffer, ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int number, ref PacketVerdict verdict)
    {
        var classifier = new ChecksumClassifier(packet, in layout, _options.Exact);
        int innermost = layout.InnerTransport;
        if (innermost == layout.OuterTransport)
        {
            verdict.Transports = 1;
            ObserveChecksum(packet, in record, in layout, innermost, 0, record.Flags, ref classifier, ref verdict);
            if ((record.Flags & PacketFlags.TcpSegmentationOffload) != 0)
                verdict.Flags |= VerdictFlags.DeclaredSuperFrame;
        }
        else
        {
            TransportIndexes transports = TransportIndexes.Of(in layout);
            verdict.Transports = (byte)transports.Count;
            innermost = transports[transports.Count - 1];
            // With several transports it is not said which one the capture's flags are about.
            for (int level = transports.Count - 1; level >= 0; level--)
                ObserveChecksum(packet, in record, in layout, transports[level], level, PacketFlags.None, ref classifier, ref verdict);
        }

        if (IsNoted(buffer, in record, layout[innermost]))
            verdict.Flags |= VerdictFlags.NotedSegmentation;
        if (layout[innermost].Kind is LayerKind.Tcp)
            ObserveTcp(packet, in record, in layout, innermost, number, ref verdict);
        else if (layout[innermost].Kind is LayerKind.Udp)
            ObserveUdp(packet, in record, in layout, innermost, ref verdict);
    }

    // Anybody can write a comment: one that does not fit the packet is none.
    private static bool IsNoted(byte[] buffer, in CaptureRecord record, in Layer transport)
    {
        return SegmentationNote.TryRead(buffer, in record, out SegmentationNote note)
            && note.Size < transport.ContentLength
            && (note.Type & GsoType.TransportMask) switch
            {
                GsoType.TcpV4 or GsoType.TcpV6 => transport.Kind == LayerKind.Tcp,
                GsoType.UdpL4 => transport.Kind == LayerKind.Udp,
                _ => false,
            };
    }

    private void ObserveChecksum(
        ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int index, int level, PacketFlags declared,
        ref ChecksumClassifier classifier, ref PacketVerdict verdict)
    {
        CapturedChecksum checksum = (declared & PacketFlags.ChecksumValid) != 0 ? CapturedChecksum.Good : classifier.Classify(index);
        if (checksum == CapturedChecksum.Bad)
        {
            if ((declared & PacketFlags.ChecksumNotReady) != 0)
                (checksum, verdict.Flags) = (CapturedChecksum.Partial, verdict.Flags | VerdictFlags.DeclaredPartial);
            else
                LearnShift(packet, in record, in layout, index, level, classifier.Off, in verdict);
        }
        verdict.Set(level, layout[index].Kind, checksum);
    }

    private void ObserveTcp(
        ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int index, int number, ref PacketVerdict verdict)
    {
        ref readonly Layer layer = ref layout[index];
        // A header that was not captured whole leaves its options unknown, and could not be repeated for segments either.
        if (!TcpHeader.TryCreate(packet[layer.Offset..], out TcpHeader tcp) || layer.ContentLength < 0
            || !FlowKey.TryCreate(packet, in layout, index, record.Interface, out FlowKey key))
        {
            return;
        }
        int payload = layer.ContentLength;
        verdict.PayloadLength = payload;
        if ((tcp.Flags & TcpFlags.Syn) != 0)
            LearnSyn(tcp, in key);

        ref Flow flow = ref _flows.GetOrAdd(in key);
        bool oversized = IsOversized(packet, in record, in layout, index, in flow, verdict.Flags);
        if (oversized)
            verdict.Flags |= VerdictFlags.Oversized;
        if (payload != 0)
        {
            bool mayBeShort = (tcp.Flags & (TcpFlags.Psh | TcpFlags.Fin | TcpFlags.Urg | TcpFlags.Syn)) != 0;
            if (oversized)
                flow.Sizes.ObserveMerged(payload, mayBeShort);
            else
                flow.Sizes.ObserveOrdinary(payload, mayBeShort);
        }
        FollowIdentification(packet, in layout, index, tcp.Sequence, payload, oversized, number, ref flow);
    }

    private void FollowIdentification(
        ReadOnlySpan<byte> packet, in PacketLayout layout, int index, uint sequence, int payload, bool oversized, int number, ref Flow flow)
    {
        ref readonly Layer network = ref layout[layout.NetworkOf(index)];
        if (network.Kind != LayerKind.IPv4)
            return;
        ushort identification = BinaryPrimitives.ReadUInt16BigEndian(packet[(network.Offset + 4)..]);
        IdentificationTrail.Predecessor before =
            flow.Identification.Follow(identification, sequence, payload, oversized, _window, number, out ushort gap);
        if (before.Payload == 0)
            return;
        flow.Sizes.ObserveCount(before.Payload, gap);
        if (before.Record < 0)
            return;
        ref PacketVerdict previous = ref _verdicts[before.Record];
        previous.IdentificationGap = gap;
        if (gap == 0)
            previous.Flags |= VerdictFlags.FixedIdentification;
    }

    private void ObserveUdp(
        ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int index, ref PacketVerdict verdict)
    {
        int payload = layout[index].ContentLength;
        if (payload <= 0 || !FlowKey.TryCreate(packet, in layout, index, record.Interface, out FlowKey key))
            return;
        verdict.PayloadLength = payload;
        ref Flow flow = ref _flows.GetOrAdd(in key);
        // A datagram that has its checksum was one on the wire too, however large: fragments are put together elsewhere, not here.
        bool owed = verdict.Checksum(verdict.Transports - 1) is CapturedChecksum.Partial or CapturedChecksum.PartialNoLength;
        if (owed && IsOversized(packet, in record, in layout, index, in flow, verdict.Flags))
            verdict.Flags |= VerdictFlags.Oversized;
        else
            flow.Sizes.ObserveOrdinary(payload, mayBeShort: true);
    }

    private void LearnSyn(TcpHeader tcp, in FlowKey key)
    {
        ushort mss = TcpOptions.Parse(tcp.Options).MaximumSegmentSize;
        FlowKey reverseKey = key.Reverse;
        bool first = (tcp.Flags & TcpFlags.Ack) == 0;
        ref Flow reverse = ref _flows.GetOrAdd(in reverseKey);
        // A new connection: what an older one on the same ports showed does not count, except for rewritten addresses.
        if (first)
            reverse = reverse with { AnnouncedMss = 0, Sizes = default, Identification = default };
        reverse.PeerMss = mss;
        ref Flow flow = ref _flows.GetOrAdd(in key);
        if (first)
            flow = flow with { PeerMss = 0, Sizes = default, Identification = default };
        flow.AnnouncedMss = mss;
    }

    private void LearnShift(
        ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, int index, int level, ChecksumOffset off,
        in PacketVerdict verdict)
    {
        if (!FlowKey.TryCreate(packet, in layout, index, record.Interface, out FlowKey key))
            return;
        ref Flow flow = ref _flows.GetOrAdd(in key);
        int earlier = flow.Shift.Learn(off, _window);
        if (earlier != 0)
        {
            Corrections.Add(new VerdictCorrection(
                layout[index].Kind, IsInner(level, verdict.Flags), flow.Shift.Judge(off), earlier));
        }
    }

    private static bool IsInner(int level, VerdictFlags flags) => level > 0 || (flags & VerdictFlags.TunnelWithoutTransport) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool NeedsDecision(in PacketVerdict verdict)
    {
        const VerdictFlags Suspicious = VerdictFlags.Oversized | VerdictFlags.IPv4LengthZero | VerdictFlags.IPv6LengthZero
            | VerdictFlags.InnerIPv4Zero | VerdictFlags.IPv4Bad | VerdictFlags.DeclaredSuperFrame | VerdictFlags.NotedSegmentation;
        if ((verdict.Flags & Suspicious) != 0 || verdict.IPv4Header > CapturedChecksum.Good)
            return true;
        for (int level = 0; level < verdict.Transports; level++)
        {
            if (verdict.Checksum(level) > CapturedChecksum.Good)
                return true;
        }
        return false;
    }
}
