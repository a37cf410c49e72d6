using System.Diagnostics;

namespace Wiretrue.Compare;

/// <summary>A work too short for the clock, repeated in a loop of its own. A run is at least 20 ms, in slices of at least 2 ms.</summary>
/// <remarks>
/// The fastest slice is the run's figure: whatever else the machine does in between can only add time, and on a busy machine it takes
/// the processor away for longer than a slice.
/// </remarks>
internal sealed class RepeatedWork
{
    private const int SlicesInRun = 10;

    private static readonly TimeSpan ShortestSlice = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);

    private readonly Func<int, TimeSpan> _repeat;
    private readonly int _times = 1;

    /// <inheritdoc cref="RepeatedWork(Func{int, TimeSpan})"/>
    /// <param name="repeat">Does the work as many times as it is told.</param>
    public RepeatedWork(Action<int> repeat)
        : this(times => Time(repeat, times))
    {
    }

    /// <summary>Warms the work up, until the runtime has replaced its first, quickly made code, and finds how often a slice repeats it.</summary>
    /// <param name="repeat">Does the work as many times as it is told, and says how long it took.</param>
    public RepeatedWork(Func<int, TimeSpan> repeat)
    {
        _repeat = repeat;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            repeat(100);
        while (repeat(_times) < ShortestSlice && _times < int.MaxValue / 2)
            _times *= 2;
    }

    /// <summary>Seconds for the work done once, from one run.</summary>
    public double SecondsPerWork()
    {
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int slice = 0; slice < SlicesInRun; slice++)
        {
            TimeSpan time = _repeat(_times);
            if (time < fastest)
                fastest = time;
        }

        return fastest.TotalSeconds / _times;
    }

    private static TimeSpan Time(Action<int> repeat, int times)
    {
        long start = Stopwatch.GetTimestamp();
        repeat(times);
        return Stopwatch.GetElapsedTime(start);
    }
}
