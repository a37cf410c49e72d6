using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>
/// Finds out what is owed to the packets of a capture that was taken before the card had done its work: the
/// <see cref="Wiretrue.Packets.OffloadState"/> that the capture lost.
/// </summary>
/// <remarks>
/// Two passes over each window. <see cref="Observe"/> looks at every packet and learns the flows; then <see cref="Decide"/> says of one
/// packet what to do, knowing all packets before it and the rest of its window. Used by one thread; memory stays constant.
/// </remarks>
public sealed partial class OffloadInference
{
    private readonly InferenceOptions _options;
    private readonly FlowTable _flows = new();
    private PacketVerdict[] _verdicts = [];
    private int _count;
    private int _window;

    /// <summary>Starts without knowing any flow.</summary>
    public OffloadInference(InferenceOptions options) => _options = options;

    /// <summary>One for each record of the window last observed.</summary>
    public ReadOnlySpan<PacketVerdict> Verdicts => _verdicts.AsSpan(0, _count);

    /// <summary>
    /// Verdicts of earlier windows that the last one proved wrong: what was taken for bad there, for want of a second one that is off by
    /// as much.
    /// </summary>
    internal List<VerdictCorrection> Corrections { get; } = [];

    /// <summary>First pass: looks at every packet of <paramref name="window"/> and learns the flows. Reads only.</summary>
    public void Observe(CaptureWindow window)
    {
        _count = window.Records.Length;
        _window++;
        Corrections.Clear();
        if (_verdicts.Length < _count)
            _verdicts = new PacketVerdict[Math.Max(_count, Math.Max(4096, _verdicts.Length * 2))];
        var layout = default(PacketLayout);
        ReadOnlySpan<CaptureRecord> records = window.Records;
        for (int i = 0; i < records.Length; i++)
            ObserveRecord(window.Buffer, in records[i], i, ref layout);
    }

    /// <summary>
    /// Second pass: what to do about the packet at <paramref name="record"/>. Changes no bytes, but a bad checksum's verdict becomes <see
    /// cref="CapturedChecksum.Rewritten"/> when its flow has shown by now that it is. Need not be called for packets whose verdict <see
    /// cref="PacketVerdict.IsTrue"/>.
    /// </summary>
    /// <param name="window">The window last observed.</param>
    /// <param name="record">Index into its records.</param>
    /// <param name="layout">Overwritten with the packet's walk, for the caller to use on.</param>
    public PacketDecision Decide(CaptureWindow window, int record, ref PacketLayout layout)
    {
        ref readonly CaptureRecord captured = ref window.Records[record];
        ReadOnlySpan<byte> packet = Walk(window.Buffer, in captured, ref layout);
        ref PacketVerdict verdict = ref _verdicts[record];
        if (verdict.IsPlainPartial && _options.Checksums)
            return DecidePlain(packet, in layout);
        JudgeAnew(packet, in captured, in layout, ref verdict);
        return DecideOwed(window.Buffer, packet, in captured, in layout, in verdict) with { Length = LengthOf(packet, in layout) };
    }

    /// <summary>
    /// Rewrites in place the conventions of the system that captured into those that the transmit path expects: a checksum field that is
    /// owed holds the pseudo-header sum with length, IPv4 header checksums are made, the checksums of tunnels around an owed one are those
    /// that hold once it is complete, and lengths of 0 that nothing will cut become true.
    /// </summary>
    /// <param name="packet">The captured bytes, which are changed.</param>
    /// <param name="layout">Their walk, as <see cref="Decide"/> left it.</param>
    /// <param name="verdict">The packet's verdict.</param>
    /// <param name="decision">What <see cref="Decide"/> said, with <see cref="PacketDecision.Changes"/>.</param>
    public void Normalize(Span<byte> packet, in PacketLayout layout, in PacketVerdict verdict, in PacketDecision decision)
    {
        // Linux's own convention: the field holds what is asked for already.
        if (verdict.IsPlainPartial && layout[layout.OuterTransport].End == decision.Length)
            return;
        new Normalization(packet, in layout, in verdict, decision, badToo: _options.Policy == RepairPolicy.All).Apply();
    }

    private static ReadOnlySpan<byte> Walk(byte[] buffer, in CaptureRecord record, ref PacketLayout layout)
    {
        ReadOnlySpan<byte> packet = buffer.AsSpan(record.DataOffset, record.CapturedLength);
        PacketWalk.Walk(packet, OriginalLength(in record), record.LinkType, ref layout);
        return packet;
    }

    // Absurd original lengths occur in broken captures; fewer bytes than were captured cannot have been on the wire.
    private static int OriginalLength(in CaptureRecord record) =>
        Math.Max(record.CapturedLength, (int)Math.Min(record.OriginalLength, int.MaxValue));

    private static int LengthOf(ReadOnlySpan<byte> packet, in PacketLayout layout) =>
        layout.OuterNetwork is var network and >= 0 ? Math.Min(packet.Length, layout[network].End) : packet.Length;
}
