namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>
/// Traffic of many flows as it arrives: interleaved, and with what happens on the way: frames are lost, doubled, overtaken, changed and broken.
/// </summary>
/// <param name="random">All of it.</param>
/// <param name="source">Where flows come from.</param>
/// <param name="tunnels">At most so many tunnels around a flow.</param>
public sealed class PlainTraffic(Random random, PlainFlowSource source, int tunnels)
{
    private readonly List<PlainFlow> _open = [];

    /// <summary>How many flows are under way at once, at most.</summary>
    public int MaxOpen { get; init; } = 12;

    /// <summary>One frame in so many is lost, doubled, overtaken, unlike the others or broken; 0 for none.</summary>
    public int Rarity { get; init; } = 12;

    /// <summary>As many frames as a device hands up at once.</summary>
    /// <param name="count">About how many.</param>
    public List<FlowFrame> Next(int count)
    {
        var burst = new List<FlowFrame>(count + 8);
        while (burst.Count < count)
            AddRun(burst);
        return burst;
    }

    /// <summary>A few frames of one flow, as a sender's burst brings them.</summary>
    private void AddRun(List<FlowFrame> burst)
    {
        if (_open.Count < MaxOpen)
            _open.Add(source.Next(random.Next(tunnels + 1), frames: 40));
        PlainFlow flow = _open[random.Next(_open.Count)];
        for (int run = random.Next(1, 12); run > 0 && !flow.IsOver; run--)
            Add(burst, flow);
        if (flow.IsOver)
            _open.Remove(flow);
    }

    private void Add(List<FlowFrame> burst, PlainFlow flow)
    {
        if (Rarity == 0 || random.Next(Rarity) != 0)
        {
            burst.Add(flow.Next());
            return;
        }
        switch (random.Next(6))
        {
            case 0:
                flow.Next();
                break;
            case 1 when !flow.MustCount:
                FlowFrame twice = flow.Next();
                burst.AddRange([twice, twice]);
                break;
            case 2:
                burst.Add(flow.NextBroken());
                break;
            case 3:
                // Overtaken on the way: this is the order in which they arrive, and must leave.
                burst.Insert(Math.Max(0, burst.Count - random.Next(1, 4)), flow.Next());
                break;
            default:
                burst.Add(flow.NextUnlike());
                break;
        }
    }
}
