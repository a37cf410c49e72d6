using System.Diagnostics;

namespace Wiretrue.Compare;

/// <summary>A work too short for the clock, repeated in a loop of its own for at least 20 ms a run.</summary>
internal sealed class RepeatedWork
{
    private static readonly TimeSpan ShortestRun = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150);

    private readonly Action<int> _repeat;
    private readonly int _times;

    /// <summary>Warms the work up, until the runtime has replaced its first, quickly made code, and finds how often a run repeats it.</summary>
    /// <param name="repeat">Does the work as many times as it is told.</param>
    public RepeatedWork(Action<int> repeat)
    {
        _repeat = repeat;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            repeat(100);
        _times = 1;
        while (Time() < ShortestRun && _times < int.MaxValue / 2)
            _times *= 2;
    }

    /// <summary>Seconds for the work done once, from one run.</summary>
    public double SecondsPerWork() => Time().TotalSeconds / _times;

    private TimeSpan Time()
    {
        long start = Stopwatch.GetTimestamp();
        _repeat(_times);
        return Stopwatch.GetElapsedTime(start);
    }
}
