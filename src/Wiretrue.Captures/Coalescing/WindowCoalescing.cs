using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;

namespace Wiretrue.Captures.Coalescing;

/// <summary>Hands the frames of one window to a coalescer for each interface, and finds out which records became one.</summary>
/// <remarks>
/// A window's end is the end of a batch, as the end of a poll is in a kernel: packets point into the window's buffer, and what is held would keep
/// it. A poll takes 64 frames, and a window some hundred at least.
/// </remarks>
internal sealed class WindowCoalescing(MergeOptions options) : IDisposable
{
    /// <summary>What a record is for <see cref="Heads"/>: part of no super-frame.</summary>
    public const int Alone = -1;

    private readonly List<Lane?> _lanes = [];
    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();
    private readonly Dictionary<Packet, int> _records = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Packet> _superFrames = [];
    private PacketLayout _layout;
    private Page _page = new([]);
    private CaptureWindow _window = new();
    private int[] _heads = [];

    /// <summary>For each record the one that its super-frame begins with; itself for that one, <see cref="Alone"/> for those in none.</summary>
    public Span<int> Heads => _heads.AsSpan(0, _window.Records.Length);

    /// <summary>Coalesces a window. Only bytes of headers are changed in its buffer, and only those of frames that a super-frame begins with.</summary>
    /// <param name="window">The window.</param>
    /// <param name="saved">Keeps the headers of every frame that is handed over, as they were.</param>
    public void Run(CaptureWindow window, SavedHeaders saved)
    {
        if (_page.Bytes != window.Buffer)
            _page = new Page(window.Buffer);
        _window = window;
        if (_heads.Length < window.Records.Length)
            _heads = new int[Math.Max(window.Records.Length, _heads.Length * 2)];
        Heads.Fill(Alone);
        for (int i = 0; i < window.Records.Length; i++)
            Receive(i, saved);
        foreach (Lane? lane in _lanes)
        {
            if (lane is not null)
                Flush(lane);
        }
        _records.Clear();
    }

    /// <summary>The super-frame that begins with a record; the caller owns it then.</summary>
    public Packet Take(int record)
    {
        _superFrames.Remove(record, out Packet? packet);
        return packet!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Packet packet in _superFrames.Values)
            packet.Dispose();
        _superFrames.Clear();
        _ready.Dispose();
        foreach (Lane? lane in _lanes)
            lane?.Coalescer.Dispose();
        _pool.Dispose();
    }

    private void Receive(int index, SavedHeaders saved)
    {
        ref readonly CaptureRecord record = ref _window.Records[index];
        ReadOnlySpan<byte> data = _window.Data(in record);
        PacketWalk.Walk(data, Math.Max(data.Length, (int)Math.Min(record.OriginalLength, int.MaxValue)), record.LinkType, ref _layout);
        bool hasFlow = _layout.InnerTransport >= 0
            & FlowKey.TryCreate(data, in _layout, Math.Max(_layout.InnerTransport, 0), record.Interface, out FlowKey flow);
        Lane lane = LaneOf(record.Interface);
        if (!CanJoin(in record, out CaptureTime time))
        {
            LeaveBehind(lane, hasFlow, in flow);
            return;
        }

        lane.Advance(time, options.FlushAfter, _ready);
        Collect();
        saved.Add(index, data, in _layout);
        Packet packet = _pool.Rent(_page, record.DataOffset, record.CapturedLength, default);
        packet.LinkType = record.LinkType;
        _records[packet] = index;
        long passed = lane.Coalescer.Statistics.Passed;
        lane.Coalescer.Receive(packet, _ready);
        bool isHeld = lane.Coalescer.Statistics.Passed == passed;
        Collect();
        if (isHeld && hasFlow)
            lane.Flows.Add(flow);
        else if (!isHeld && packet.Offload.Checksum == ChecksumState.None)
            LeaveBehind(lane, hasFlow, in flow);
    }

    // What no kernel would receive as it is here, or could say nothing of, is left.
    private bool CanJoin(in CaptureRecord record, out CaptureTime time)
    {
        bool isSent = (record.Flags & PacketFlags.DirectionMask) == PacketFlags.Outbound;
        return CaptureTime.TryRead(_window, in record, out time)
            && !record.IsSnapped && record.FcsLength == 0 && record.CapturedLength > 0
            && (!isSent || options.Outbound)
            && (record.Flags & (PacketFlags.ChecksumNotReady | PacketFlags.TcpSegmentationOffload)) == 0;
    }

    /// <summary>
    /// A frame stays where it is that the coalescer did not see, or could not read. The kernel lets such a frame overtake what it holds of the same
    /// flow; in a file nothing needs to be overtaken, so what is held goes before it.
    /// </summary>
    private void LeaveBehind(Lane lane, bool hasFlow, in FlowKey flow)
    {
        bool mayBeHeld = hasFlow ? lane.Flows.Contains(flow) : IsFragment();
        if (mayBeHeld)
            Flush(lane);
    }

    private bool IsFragment() => _layout.Count > 0 && _layout[_layout.Count - 1].Kind == LayerKind.Fragment;

    private void Flush(Lane lane)
    {
        lane.Coalescer.Flush(_ready);
        lane.Flows.Clear();
        Collect();
    }

    /// <summary>Notes which records are in what was let go.</summary>
    private void Collect()
    {
        while (_ready.Dequeue() is { } packet)
        {
            if (packet.FragmentList is null)
            {
                packet.Dispose();
                continue;
            }
            int head = _records[packet];
            _heads[head] = head;
            for (Packet? part = packet.FragmentList; part is not null; part = part.Next)
                _heads[_records[part]] = head;
            _superFrames.Add(head, packet);
        }
    }

    private Lane LaneOf(int number)
    {
        while (_lanes.Count <= number)
            _lanes.Add(null);
        return _lanes[number] ??= new Lane(new Coalescer(options.Coalescer));
    }

    /// <summary>One interface: a device has a coalescer of its own.</summary>
    private sealed class Lane(Coalescer coalescer)
    {
        private CaptureTime _start;
        private CaptureTime _last;
        private bool _started;

        public Coalescer Coalescer => coalescer;

        /// <summary>Flows of which something may be held.</summary>
        public HashSet<FlowKey> Flows { get; } = [];

        /// <summary>Lets go of what has waited long enough at <paramref name="time"/>.</summary>
        public void Advance(CaptureTime time, TimeSpan flushAfter, PacketQueue ready)
        {
            if (!_started)
                (_start, _started) = (time, true);
            else if (time.Since(_last) < 0)
                coalescer.Flush(ready);
            _last = time;
            coalescer.Now = time.Since(_start);
            long patience = (long)Math.Min((decimal)flushAfter.Ticks * 100, long.MaxValue / 2);
            coalescer.Flush(ready, coalescer.Now - patience);
        }
    }
}
