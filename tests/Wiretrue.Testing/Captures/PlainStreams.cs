namespace Wiretrue.Testing.Captures;

/// <summary>
/// The payload of a capture by flow and direction, in an order that does not depend on how it was cut: TCP as runs of bytes without a gap
/// between them, each from its sequence number on, retransmissions as they came; UDP as all datagrams of the flow, one after the other.
/// </summary>
public sealed class PlainStreams
{
    private readonly Dictionary<string, List<Run>> _flows = new(StringComparer.Ordinal);

    /// <summary>How many flows and directions carry any payload.</summary>
    public int Count => _flows.Count;

    /// <summary>Bytes of all payloads.</summary>
    public long TotalBytes => _flows.Values.Sum(runs => runs.Sum(r => r.Bytes.Length));

    /// <summary>Collects the innermost payload of every packet.</summary>
    public static PlainStreams Of(IEnumerable<PlainPacket> packets)
    {
        var streams = new PlainStreams();
        foreach (PlainPacket packet in packets)
        {
            if (PlainWalk.Innermost(packet) is { Payload.IsEmpty: false } transport)
                streams.Add(transport);
        }
        return streams;
    }

    /// <summary>The first difference between two, in words; null when they carry the same bytes.</summary>
    public static string? Difference(PlainStreams before, PlainStreams after)
    {
        foreach ((string flow, List<Run> runs) in before._flows)
        {
            if (!after._flows.TryGetValue(flow, out List<Run>? others))
                return $"{flow}: gone";
            if (runs.Count != others.Count)
                return $"{flow}: {runs.Count} runs of bytes before, {others.Count} after";
            for (int i = 0; i < runs.Count; i++)
            {
                if (runs[i].Start != others[i].Start)
                    return $"{flow}, run {i}: begins at {runs[i].Start} before, at {others[i].Start} after";
                if (!runs[i].Bytes.GetBuffer().AsSpan(0, (int)runs[i].Bytes.Length)
                    .SequenceEqual(others[i].Bytes.GetBuffer().AsSpan(0, (int)others[i].Bytes.Length)))
                {
                    return $"{flow}, run {i}: {runs[i].Bytes.Length} bytes before, {others[i].Bytes.Length} after, and not the same";
                }
            }
        }
        return after._flows.Keys.FirstOrDefault(flow => !before._flows.ContainsKey(flow)) is { } added ? $"{added}: new" : null;
    }

    private void Add(PlainTransport transport)
    {
        if (!_flows.TryGetValue(transport.Flow, out List<Run>? runs))
            _flows.Add(transport.Flow, runs = []);
        // A UDP flow has no numbers: it is one run.
        if (runs.Count == 0 || (transport.IsTcp && runs[^1].Next != transport.Sequence))
            runs.Add(new Run(transport.Sequence));
        runs[^1].Bytes.Write(transport.Payload.Span);
    }

    private sealed class Run(uint start)
    {
        public uint Start => start;

        public MemoryStream Bytes { get; } = new();

        public uint Next => start + (uint)Bytes.Length;
    }
}
