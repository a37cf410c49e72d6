using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Formats.Indexing;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Pipelines;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Coalescing;

/// <summary>Merges one window after the other, and keeps what a repair gives back.</summary>
internal sealed class WindowMerge : WindowWork, IDisposable
{
    private readonly MergeReport _report;
    private readonly WindowCoalescing _coalescing;
    private readonly SavedHeaders _saved = new();
    private readonly NetDevice _wire = NetDevice.Wire(ushort.MaxValue);
    private readonly PacketQueue _segments = new();
    private readonly byte[] _note = new byte[SegmentationNote.MaxLength];
    private readonly List<int> _members = [];
    private PacketLayout _layout;
    private byte[] _bytes = [];
    private byte[] _segment = [];

    public WindowMerge(MergeOptions options, MergeReport report, RecordEmitter emitter)
        : base(report, emitter)
    {
        _report = report;
        _coalescing = new WindowCoalescing(options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segments.Dispose();
        _coalescing.Dispose();
    }

    /// <inheritdoc/>
    protected override void Enter()
    {
        _saved.Clear(Window.Records.Length);
        _coalescing.Run(Window, _saved);
    }

    /// <inheritdoc/>
    protected override int Work(int record)
    {
        Span<int> heads = _coalescing.Heads;
        int head = heads[record];
        if (head == record)
            Emit(record);
        else if (head != WindowCoalescing.Alone)
            Emitter.Drop(record);
        return record + 1;
    }

    private void Emit(int head)
    {
        Packet packet = _coalescing.Take(head);
        OffloadState state = packet.Offload;
        int length = packet.Length;
        if (_bytes.Length < length)
            _bytes = new byte[Math.Max(length, _bytes.Length * 2)];
        packet.CopyTo(_bytes);
        FindMembers(head, state.GsoSegments);
        bool isTold = IsTold(_bytes.AsSpan(0, length), Window.Records[head].LinkType, in state);
        if (!ComesBack(packet) || !isTold)
        {
            _report.Irreversible++;
            foreach (int member in _members)
                _coalescing.Heads[member] = WindowCoalescing.Alone;
            return;
        }

        var note = new SegmentationNote(state.GsoType, state.GsoSize, state.GsoSegments);
        bool isTcp = (state.GsoType & (GsoType.TcpV4 | GsoType.TcpV6)) != 0;
        _bytes.AsSpan(0, length).CopyTo(Emitter.Emit(head, new RecordChange
        {
            CapturedLength = length,
            OriginalLength = (uint)length,
            ClearFlags = PacketFlags.ChecksumValid,
            SetFlags = PacketFlags.ChecksumNotReady | (isTcp ? PacketFlags.TcpSegmentationOffload : PacketFlags.None),
            Comment = _note.AsSpan(0, note.Write(_note)),
        }));
        _report.SuperFrames++;
        _report.Merged += _members.Count;
        for (int i = 1; i < _members.Count; i++)
            _report.LostComments += CommentsOf(in Window.Records[_members[i]]);
    }

    private void FindMembers(int head, int count)
    {
        _members.Clear();
        Span<int> heads = _coalescing.Heads;
        for (int i = head; i < heads.Length && _members.Count < count; i++)
        {
            if (heads[i] == head)
                _members.Add(i);
        }
    }

    /// <summary>Whether a repair that finds the note will owe the super-frame what it owes now.</summary>
    private bool IsTold(ReadOnlySpan<byte> bytes, LinkType linkType, in OffloadState state)
    {
        const GsoType Unseen = GsoType.TcpFixedId | GsoType.TcpFixedIdInner | GsoType.TcpEcn | GsoType.TcpAccurateEcn;
        PacketWalk.Walk(bytes, bytes.Length, linkType, ref _layout);
        int transport = _layout.InnerTransport;
        return transport >= 0 && _layout[transport].Offset == state.ChecksumStart && (state.GsoType & ~SegmentationNote.Nameable) == 0
            && SuperFrameType.Of(bytes, in _layout, transport, fixedIdentification: false) is var type and not GsoType.None
            && (type & ~Unseen) == (state.GsoType & ~Unseen);
    }

    /// <summary>Cuts the super-frame as a repair will, and compares. The packet is gone then.</summary>
    private bool ComesBack(Packet packet)
    {
        bool isSame = TransmitPath.Validate(packet, _wire, _segments) == DropReason.None && _segments.Count == _members.Count;

        // In the window, the super-frame's headers are the first frame's own again, whatever is written.
        _saved[_members[0]].CopyTo(Window.Data(in Window.Records[_members[0]]));
        Packet? segment = _segments.First;
        for (int i = 0; isSame && segment is not null; i++, segment = segment.Next)
        {
            ReadOnlySpan<byte> frame = Window.Data(in Window.Records[_members[i]]);
            if (_segment.Length < segment.Length)
                _segment = new byte[segment.Length];
            segment.CopyTo(_segment);
            isSame = frame.SequenceEqual(_segment.AsSpan(0, segment.Length));
        }
        _segments.Clear();
        return isSame;
    }

    private int CommentsOf(in CaptureRecord record)
    {
        if (record.OptionsOffset == 0)
            return 0;
        int count = 0;
        var options = new BlockOptions(Window.Buffer.AsSpan(record.OptionsOffset..(record.BlockEnd - PcapNgIndex.TrailerLength)), record.BigEndian);
        while (options.MoveNext())
            count += options.Code == OptionCode.Comment ? 1 : 0;
        return count;
    }
}
