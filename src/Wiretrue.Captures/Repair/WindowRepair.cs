using System.Text;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Pipelines;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Repair;

/// <summary>
/// Repairs one window after the other: infers what each packet was owed, sends those that are owed something down the transmit path to the
/// wire, and puts what comes out in their place. Every other record stays where it is.
/// </summary>
internal sealed class WindowRepair : WindowWork, IDisposable
{
    /// <summary>Headers that are put right in place are saved first, up to this many bytes: more than any that are understood.</summary>
    private const int SavedHeaders = 1024;

    private readonly RepairOptions _options;
    private readonly RepairReport _report;
    private readonly OffloadInference _inference;
    private readonly NetDevice _wire;
    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();
    private readonly byte[] _saved = new byte[SavedHeaders];
    private readonly byte[] _comment = new byte[128];
    private readonly bool _keepsRecords;

    private PacketLayout _layout;
    private Page _page = new([]);

    public WindowRepair(RepairOptions options, RepairReport report, RecordEmitter emitter, bool converts)
        : base(report, emitter)
    {
        (_options, _report) = (options, report);
        _keepsRecords = !converts && !options.Annotate;
        _wire = NetDevice.Wire(options.Mtu == 0 ? ushort.MaxValue : options.Mtu);
        _inference = new OffloadInference(options.Inference);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    /// <inheritdoc/>
    protected override void Enter()
    {
        if (_page.Bytes != Window.Buffer)
            _page = new Page(Window.Buffer);
        _inference.Observe(Window);
        foreach (VerdictCorrection correction in _inference.Corrections)
            Correct(correction.Count);
    }

    /// <inheritdoc/>
    protected override int Work(int record)
    {
        ReadOnlySpan<PacketVerdict> verdicts = _inference.Verdicts;
        while (record < verdicts.Length && verdicts[record].IsTrue)
            record++;
        if (record < verdicts.Length)
            Repair(record, in verdicts[record]);
        return record + 1;
    }

    private void Repair(int index, in PacketVerdict verdict)
    {
        PacketDecision decision = _inference.Decide(Window, index, ref _layout);
        if (!decision.Changes)
        {
            Leave(decision.Left);
            return;
        }
        ref CaptureRecord record = ref Window.Records[index];
        Span<byte> data = Window.Data(in record);
        Span<byte> saved = _saved.AsSpan(0, Math.Min(data.Length, HeaderBytes()));
        data[..saved.Length].CopyTo(saved);

        _inference.Normalize(data, in _layout, in verdict, in decision);
        DropReason dropped = Send(in record, in decision);
        if (dropped != DropReason.None)
        {
            saved.CopyTo(data);
            Leave(LeftReason.Uncuttable);
            return;
        }
        Leave(decision.Left);
        if (decision.Owed.IsGso)
            EmitSegments(index, in record);
        else if (!data[..saved.Length].SequenceEqual(saved))
            EmitCompleted(index, ref record, data);
        _wire.Transmit(_ready);
    }

    private DropReason Send(in CaptureRecord record, in PacketDecision decision)
    {
        Packet packet = CapturedPacket.Rent(_pool, _page, in record, in _layout, in decision);
        return TransmitPath.Validate(packet, _wire, _ready);
    }

    // A repair in place writes into headers only.
    private int HeaderBytes() => _layout.Count == 0 ? 0 : Math.Min(_layout[_layout.Count - 1].ContentOffset, SavedHeaders);

    private void EmitSegments(int index, in CaptureRecord record)
    {
        int count = _ready.Count;
        int number = 0;
        for (Packet? segment = _ready.First; segment is not null; segment = segment.Next)
        {
            number++;
            segment.CopyTo(Emitter.Emit(index, new RecordChange
            {
                CapturedLength = segment.Length,
                OriginalLength = (uint)segment.OriginalLength,
                ClearFlags = PacketFlags.ChecksumNotReady | PacketFlags.TcpSegmentationOffload,
                Comment = _options.Annotate ? Comment($"wiretrue: segment {number} of {count} of frame {Window.FirstPacketNumber + index}") : default,
            }));
        }
        if (count == 1)
        {
            _report.Completed++;
            return;
        }
        _report.SuperFrames++;
        _report.Segments += count;
    }

    private void EmitCompleted(int index, ref CaptureRecord record, ReadOnlySpan<byte> data)
    {
        _report.Completed++;
        if (_keepsRecords && RecordEmitter.CanEditInPlace(in record))
        {
            RecordEmitter.ClearFlags(Window, ref record, PacketFlags.ChecksumNotReady);
            return;
        }
        data.CopyTo(Emitter.Emit(index, new RecordChange
        {
            CapturedLength = record.CapturedLength,
            OriginalLength = record.OriginalLength,
            ClearFlags = PacketFlags.ChecksumNotReady,
            Comment = _options.Annotate ? "wiretrue: checksum completed"u8 : default,
        }));
    }

    private void Leave(LeftReason reason)
    {
        if (reason != LeftReason.None)
            _report.Left[reason]++;
    }

    // Packets of earlier windows that were left as bad, and that this window proves rewritten.
    private void Correct(int count)
    {
        long wrong = Math.Min(count, _report.Left[LeftReason.Bad]);
        _report.Left[LeftReason.Bad] -= wrong;
        _report.Left[LeftReason.Rewritten] += wrong;
    }

    private ReadOnlySpan<byte> Comment(FormattableString text)
    {
        return _comment.AsSpan(0, Encoding.UTF8.GetBytes(text.ToString(System.Globalization.CultureInfo.InvariantCulture), _comment));
    }
}
