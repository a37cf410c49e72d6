namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>
/// Judges what comes out of a receiver: each frame is the next of its flow to the byte, so that none is lost, doubled, changed or overtaken.
/// </summary>
public sealed class FlowOrder
{
    private readonly Dictionary<int, Queue<byte[]>> _expected = [];

    /// <summary>Frames that are still expected.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Something went in.</summary>
    public void Expect(FlowFrame frame)
    {
        if (!_expected.TryGetValue(frame.Flow, out Queue<byte[]>? flow))
            _expected.Add(frame.Flow, flow = new Queue<byte[]>());
        flow.Enqueue(frame.Bytes);
        Outstanding++;
    }

    /// <summary>Something came out; throws <see cref="InvalidDataException"/> when it is not the next of any flow.</summary>
    public void Arrive(ReadOnlySpan<byte> frame)
    {
        foreach ((int number, Queue<byte[]> flow) in _expected)
        {
            if (!frame.SequenceEqual(flow.Peek()))
                continue;
            flow.Dequeue();
            if (flow.Count == 0)
                _expected.Remove(number);
            Outstanding--;
            return;
        }
        throw new InvalidDataException($"{Explain(frame)} {Shown(frame)}");
    }

    private static string Shown(ReadOnlySpan<byte> frame) => Convert.ToHexString(frame[..Math.Min(frame.Length, 160)]);

    private string Explain(ReadOnlySpan<byte> frame)
    {
        foreach ((int number, Queue<byte[]> flow) in _expected)
        {
            int place = 0;
            foreach (byte[] expected in flow)
            {
                if (frame.SequenceEqual(expected))
                    return $"of flow {number}, but {place} frames before it did not arrive, {Shown(flow.Peek())} the first:";
                place++;
            }
        }
        return $"a frame of {frame.Length} bytes that is not, or no longer, expected:";
    }
}
