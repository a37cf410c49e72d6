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
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150);

    private readonly Action<int> _repeat;
    private readonly int _times = 1;

    /// <summary>Warms the work up, until the runtime has replaced its first, quickly made code, and finds how often a slice repeats it.</summary>
    /// <param name="repeat">Does the work as many times as it is told.</param>
    public RepeatedWork(Action<int> repeat)
    {
        _repeat = repeat;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            repeat(100);
        while (TimeSlice() < ShortestSlice && _times < int.MaxValue / 2)
            _times *= 2;
    }

    /// <summary>Seconds for the work done once, from one run.</summary>
    public double SecondsPerWork()
    {
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int slice = 0; slice < SlicesInRun; slice++)
        {
            TimeSpan time = TimeSlice();
            if (time < fastest)
                fastest = time;
        }

        return fastest.TotalSeconds / _times;
    }

    private TimeSpan TimeSlice()
    {
        long start = Stopwatch.GetTimestamp();
        _repeat(_times);
        return Stopwatch.GetElapsedTime(start);
    }
}
