using System.Runtime.CompilerServices;
using Wiretrue.Captures.Formats;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Inference;

// The second pass: what to do about one packet.
public sealed partial class OffloadInference
{
    private static PacketDecision DecidePlain(ReadOnlySpan<byte> packet, in PacketLayout layout)
    {
        ref readonly Layer transport = ref layout[layout.OuterTransport];
        var owed = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = transport.Offset,
            ChecksumOffset = (ushort)TransportChecksum.FieldOffset(transport.Kind),
        };
        return new PacketDecision(Changes: true, SuperFrame: false, LengthOf(packet, in layout), owed, LeftReason.None);
    }

    private PacketDecision DecideOwed(
        byte[] buffer, ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, in PacketVerdict verdict)
    {
        TransportIndexes transports = TransportIndexes.Of(in layout);

        LeftReason left = LeftIn(packet, in layout, in verdict, in transports);
        bool superFrame = false;
        if ((verdict.Flags & (VerdictFlags.Oversized | VerdictFlags.DeclaredSuperFrame)) != 0)
        {
            int innermost = transports[verdict.Transports - 1];
            SegmentSizeSource source = SegmentSizeSource.Noted;
            int size = IsNoted(buffer, in record, in verdict, out SegmentationNote note)
                ? FittingSize(packet, in record, in layout, innermost, note.Size)
                : SegmentSize(packet, in record, in layout, innermost, in verdict, out source);
            superFrame = size != 0;
            if (superFrame && _options.Segments)
            {
                PacketDecision cut = DecideCut(packet, in layout, innermost, size, in verdict, left);
                return cut.Changes ? cut with { SizeFrom = source, Owed = Noted(cut.Owed, note) } : cut;
            }
        }
        if (!_options.Checksums)
            return new PacketDecision(Changes: false, superFrame, 0, default, left);

        for (int level = verdict.Transports - 1; level >= 0; level--)
        {
            Layer transport = layout[transports[level]];
            if (!IsArtefact(verdict.Checksum(level), transport.Kind)
                || !new CapturedTransport(packet, in layout, transports[level]).IsWhole)
            {
                continue;
            }
            var owed = new OffloadState
            {
                Checksum = ChecksumState.Partial,
                ChecksumIsCrc32C = transport.Kind == LayerKind.Sctp,
                // A tunnel's device says so of all that it wraps (iptunnel_handle_offloads); what a card does inside a tunnel may be less.
                IsEncapsulated = IsInner(level, verdict.Flags),
                ChecksumStart = transport.Offset,
                ChecksumOffset = (ushort)TransportChecksum.FieldOffset(transport.Kind),
            };
            return new PacketDecision(Changes: true, superFrame, 0, owed, left);
        }
        return new PacketDecision(HeadersOwed(in verdict), superFrame, 0, default, left);
    }

    private static bool IsNoted(byte[] buffer, in CaptureRecord record, in PacketVerdict verdict, out SegmentationNote note)
    {
        note = default;
        return (verdict.Flags & VerdictFlags.NotedSegmentation) != 0 && SegmentationNote.TryRead(buffer, in record, out note);
    }

    /// <summary>What no header shows is taken from the note: which fields were the same in all segments.</summary>
    private static OffloadState Noted(in OffloadState owed, SegmentationNote note)
    {
        const GsoType Unseen = GsoType.TcpFixedId | GsoType.TcpFixedIdInner | GsoType.TcpEcn | GsoType.TcpAccurateEcn;
        bool applies = note.Type != GsoType.None && (owed.GsoType & (GsoType.TcpV4 | GsoType.TcpV6)) != 0;
        return applies ? owed with { GsoType = (owed.GsoType & ~Unseen) | (note.Type & Unseen) } : owed;
    }

    private PacketDecision DecideCut(
        ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, int size, in PacketVerdict verdict, LeftReason left)
    {
        var untouched = new PacketDecision(Changes: false, SuperFrame: true, 0, default, left);
        // Cutting makes every checksum around the payload anew; one that is wrong would become right by that.
        if ((verdict.Flags & VerdictFlags.IPv4Bad) != 0 && _options.Policy != RepairPolicy.All)
            return untouched;
        for (int level = 0; level < verdict.Transports; level++)
        {
            CapturedChecksum checksum = verdict.Checksum(level);
            bool unseen = checksum == CapturedChecksum.Unverifiable && layout[transport].End > packet.Length;
            // An outer zero is a tunnel's own, over IPv6 as well.
            bool isTrue = checksum is CapturedChecksum.Good or CapturedChecksum.Absent
                || (checksum == CapturedChecksum.Zero && level < verdict.Transports - 1);
            if (!unseen && !isTrue && !IsArtefact(checksum, verdict.Kind(level)))
                return untouched;
        }

        GsoType type = SuperFrameType.Of(packet, in layout, transport, (verdict.Flags & VerdictFlags.FixedIdentification) != 0);
        bool lengthsLie = layout.Fault.Kind is not (FaultKind.None or FaultKind.Snapped) && layout.Fault.Offset <= layout[transport].Offset;
        if (type == GsoType.None || lengthsLie)
            return untouched with { Left = LeftReason.Uncuttable };
        var owed = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = layout[transport].Offset,
            ChecksumOffset = (ushort)TransportChecksum.FieldOffset(layout[transport].Kind),
            GsoType = type,
            GsoSize = size,
            GsoSegments = (layout[transport].ContentLength + size - 1) / size,
        };
        return untouched with { Changes = true, Owed = owed };
    }

    /// <summary>The checksum is proven to be an offload's, or the policy takes it for as good as proven.</summary>
    private bool IsArtefact(CapturedChecksum checksum, LayerKind kind) => checksum switch
    {
        CapturedChecksum.Partial or CapturedChecksum.PartialNoLength => true,
        // UDP over IPv6 is left: tunnels may send zero for none there (RFC 6935), and not every tunnel is known here.
        CapturedChecksum.Zero => kind is LayerKind.Tcp or LayerKind.Sctp || _options.Policy == RepairPolicy.All,
        CapturedChecksum.Rewritten or CapturedChecksum.RewrittenPartial => _options.Policy != RepairPolicy.ProvenOnly,
        CapturedChecksum.Bad => _options.Policy == RepairPolicy.All,
        _ => false,
    };

    private bool HeadersOwed(in PacketVerdict verdict)
    {
        bool bad = (verdict.Flags & VerdictFlags.IPv4Bad) != 0;
        if (bad && _options.Policy != RepairPolicy.All)
            return (verdict.Flags & VerdictFlags.InnerIPv4Zero) != 0 || verdict.IPv4Header == CapturedChecksum.Zero;
        return bad || verdict.IPv4Header == CapturedChecksum.Zero
            || (verdict.Flags & (VerdictFlags.InnerIPv4Zero | VerdictFlags.IPv4LengthZero)) != 0;
    }

    private LeftReason LeftIn(ReadOnlySpan<byte> packet, in PacketLayout layout, in PacketVerdict verdict, in TransportIndexes transports)
    {
        LeftReason left = LeftReason.None;
        if ((verdict.Flags & VerdictFlags.IPv4Bad) != 0 && _options.Policy != RepairPolicy.All)
            left = LeftReason.Bad;
        for (int level = verdict.Transports - 1; level >= 0; level--)
        {
            LeftReason here = LeftAt(packet, in layout, transports[level], verdict.Checksum(level));
            // The reasons stand in the order of their weight.
            if (here != LeftReason.None && (left == LeftReason.None || here < left))
                left = here;
        }
        return left;
    }

    private LeftReason LeftAt(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, CapturedChecksum checksum)
    {
        ref readonly Layer layer = ref layout[transport];
        if (IsArtefact(checksum, layer.Kind))
        {
            if (new CapturedTransport(packet, in layout, transport).IsWhole)
                return LeftReason.None;
            return layer.End > packet.Length ? LeftReason.Snapped : LeftReason.Unverifiable;
        }
        bool tunnel = transport + 1 < layout.Count && layout[transport + 1].Kind != LayerKind.Payload;
        return checksum switch
        {
            CapturedChecksum.Bad => LeftReason.Bad,
            CapturedChecksum.Rewritten or CapturedChecksum.RewrittenPartial => LeftReason.Rewritten,
            CapturedChecksum.Unverifiable => LeftReason.Unverifiable,
            CapturedChecksum.Zero when !tunnel => LeftReason.Zero,
            CapturedChecksum.Adler32 => LeftReason.Adler32,
            _ => LeftReason.None,
        };
    }

    /// <summary>
    /// A checksum called bad in the first pass may be one of a flow that showed only later by how much all of its checksums are off.
    /// </summary>
    private void JudgeAnew(ReadOnlySpan<byte> packet, in CaptureRecord record, in PacketLayout layout, ref PacketVerdict verdict)
    {
        bool bad = false;
        for (int level = 0; level < verdict.Transports; level++)
            bad |= verdict.Checksum(level) == CapturedChecksum.Bad;
        if (!bad)
            return;

        TransportIndexes transports = TransportIndexes.Of(in layout);
        var classifier = new ChecksumClassifier(packet, in layout, _options.Exact);
        for (int level = verdict.Transports - 1; level >= 0; level--)
        {
            if (classifier.Classify(transports[level]) != CapturedChecksum.Bad
                || !FlowKey.TryCreate(packet, in layout, transports[level], record.Interface, out FlowKey key))
            {
                continue;
            }
            ref Flow flow = ref _flows.Find(in key);
            if (!Unsafe.IsNullRef(ref flow))
                verdict.Set(level, verdict.Kind(level), flow.Shift.Judge(classifier.Off));
        }
    }
}
