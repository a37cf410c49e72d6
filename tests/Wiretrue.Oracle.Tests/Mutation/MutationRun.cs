using System.Diagnostics;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>Feeds broken inputs to a piece of code and watches for exceptions, for hangs, and for memory that the input cannot account for.</summary>
public static class MutationRun
{
    // A machine that is busy with other things must not fail a test; a loop that does not end does, however patient the watch is.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    /// <summary>How many times the ordinary number of inputs a run takes.</summary>
    public static int Scale { get; } = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 10 : 1;

    /// <summary>Runs <paramref name="count"/> inputs.</summary>
    /// <param name="count">How many.</param>
    /// <param name="allocationLimit">Bytes that the feeding thread may allocate for one input.</param>
    /// <param name="next">Makes an input.</param>
    /// <param name="feed">What is under test; it must not throw.</param>
    public static void Feed<T>(int count, long allocationLimit, Func<T> next, Action<T> feed)
    {
        long done = 0;
        string? failure = null;
        var thread = new Thread(FeedAll);
        thread.IsBackground = true;
        thread.Start();
        long seen = -1;
        var since = Stopwatch.StartNew();
        while (!thread.Join(TimeSpan.FromMilliseconds(200)))
        {
            long now = Interlocked.Read(ref done);
            if (now != seen)
            {
                seen = now;
                since.Restart();
            }
            else if (since.Elapsed > HangLimit)
            {
                throw new XunitException($"input {now} hangs");
            }
        }
        if (failure is not null)
            throw new XunitException(failure);
        Assert.Equal(count, done);

        void FeedAll()
        {
            for (int i = 0; i < count && failure is null; i++)
            {
                T input = next();
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    feed(input);
                }
                catch (Exception e)
                {
                    failure = $"input {i}: {e}";
                    return;
                }
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > allocationLimit)
                    failure = $"input {i}: {allocated} bytes allocated, {allocationLimit} may be";
                Interlocked.Increment(ref done);
            }
        }
    }
}
