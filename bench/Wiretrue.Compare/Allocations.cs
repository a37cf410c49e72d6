namespace Wiretrue.Compare;

/// <summary>What the collector had to find bytes for.</summary>
internal static class Allocations
{
    private const int Times = 1000;

    /// <summary>The bytes that a thousand times of a work took, once it was warm.</summary>
    public static long Of(Action<int> work)
    {
        work(Times);
        long before = GC.GetAllocatedBytesForCurrentThread();
        work(Times);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
