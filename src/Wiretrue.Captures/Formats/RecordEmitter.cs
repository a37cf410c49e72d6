using System.Buffers.Binary;
using Wiretrue.Captures.Formats.Emission;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats;

/// <summary>
/// Turns a window into what is to be written: everything passes as it is, but for the records that are emitted anew. Converting
/// to the other container is an emitter as well, so that whoever decides need not know.
/// </summary>
/// <remarks>
/// For each window: <see cref="Begin"/>, <see cref="Emit"/> for each new record in the original's order (several of one original
/// follow each other, and replace it), <see cref="Drop"/> for one that nothing replaces, <see cref="End"/>. At the very end <see cref="Finish"/>. For one thread. Packets may be changed in
/// place, before the record after them is emitted or the window ends.
/// </remarks>
public abstract class RecordEmitter
{
    private CaptureWindow? _window;
    private OutputBatch? _batch;
    private int _emitted = -1;

    private protected RecordEmitter()
    {
    }

    /// <summary>
    /// Blocks left out because the output's container has no place for them: all that are neither packets nor descriptions.
    /// </summary>
    public long DroppedBlocks { get; private protected set; }

    /// <summary>Bytes put into batches so far.</summary>
    public long Position => Before + (_batch?.Length ?? 0);

    private protected CaptureWindow Window => _window!;

    private protected Func<LinkType, LinkType>? Links { get; private init; }

    private protected OutputBatch Batch => _batch!;

    /// <summary>Bytes in the batches before the present one.</summary>
    private protected long Before { get; private set; }

    /// <summary>An emitter for one capture.</summary>
    /// <param name="name">What messages call the capture.</param>
    /// <param name="input">What is read.</param>
    /// <param name="output">What is to be written.</param>
    /// <param name="canRevise">The output can be gone back to (<see cref="CaptureOutput.CanRevise"/>).</param>
    /// <param name="target">For pcapng to pcap: what the pcap must hold. Null to take it from the first window, as with a pipe.</param>
    /// <param name="links">
    /// What becomes of a link type, where packets are emitted that begin with another than they were captured with; no frame check sequence
    /// follows any packet then. Null when they all stay.
    /// </param>
    public static RecordEmitter Create(
        string name, CaptureFormat input, CaptureFormat output, bool canRevise, PcapTarget? target = null, Func<LinkType, LinkType>? links = null)
        => (input, output) switch
        {
            (CaptureFormat.Pcap, CaptureFormat.Pcap) => new PcapEmitter { Links = links },
            (CaptureFormat.PcapNg, CaptureFormat.PcapNg) => new PcapNgEmitter(canRevise) { Links = links },
            (CaptureFormat.Pcap, _) => new PcapToPcapNgEmitter { Links = links },
            _ => new PcapNgToPcapEmitter(name, target) { Links = links },
        };

    /// <summary>Starts a window, whose output goes to <paramref name="batch"/>.</summary>
    public void Begin(CaptureWindow window, OutputBatch batch)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(batch);
        (_window, _batch, _emitted) = (window, batch, -1);
        batch.Begin(window);
        Start();
    }

    /// <summary>
    /// A new record in place of the window's record number <paramref name="record"/> (0 the first), or after the one emitted for it
    /// before.
    /// </summary>
    /// <returns>The frame's bytes, for the caller to fill before the next call.</returns>
    /// <exception cref="ArgumentException">The comment is longer than an option can be.</exception>
    public Span<byte> Emit(int record, scoped in RecordChange change)
    {
        if (change.Comment.Length > ushort.MaxValue) Throw.CommentTooLong(change.Comment);
        bool first = record != _emitted;
        ref readonly CaptureRecord original = ref Window.Records[record];
        if (first) PassUntil(record);
        _emitted = record;
        return EmitFrom(in original, in change, first);
    }

    /// <summary>Leaves out the window's record number <paramref name="record"/> (0 the first).</summary>
    public void Drop(int record)
    {
        PassUntil(record);
        _emitted = record;
    }

    /// <summary>Passes what is left of the window, and seals the batch.</summary>
    public void End()
    {
        PassUntil(Window.Records.Length);
        Leave();
    }

    /// <summary>Within a window: seals the batch, which can be written, and goes on in another.</summary>
    public void ContinueIn(OutputBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        LeaveSection();
        Leave();
        _batch = batch;
        batch.Begin(Window);
    }

    /// <summary>After the last window: sets right what could not be known before. Everything emitted must have been written.</summary>
    public virtual void Finish(CaptureOutput output)
    {
    }

    /// <summary>
    /// True when the record's packet may be changed in place, its size kept: nothing else in the record depends on its bytes.
    /// </summary>
    public static bool CanEditInPlace(in CaptureRecord record) => !record.HasHash;

    /// <summary>Clears bits of the packet's flags, in the window itself.</summary>
    public static void ClearFlags(CaptureWindow window, ref CaptureRecord record, PacketFlags flags)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (record.FlagsOffset == 0) return;
        record.Flags &= ~flags;
        Span<byte> word = window.Buffer.AsSpan(record.FlagsOffset, 4);
        if (record.BigEndian) BinaryPrimitives.WriteUInt32BigEndian(word, (uint)record.Flags);
        else BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)record.Flags);
    }

    private protected virtual void Start()
    {
    }

    /// <summary>An interface as the output describes it.</summary>
    private protected CaptureInterface Described(in CaptureInterface captured) =>
        Links is null ? captured : captured with { LinkType = Links(captured.LinkType), FcsLength = 0 };

    /// <summary>Passes everything before the record of this number that has not passed, and steps over the record.</summary>
    private protected abstract void PassUntil(int record);

    private protected abstract Span<byte> EmitFrom(in CaptureRecord original, scoped in RecordChange change, bool first);

    /// <summary>The batch is left in the middle of a window.</summary>
    private protected virtual void LeaveSection()
    {
    }

    private void Leave()
    {
        Batch.Seal();
        Before += Batch.Length;
        _batch = null;
    }
}
