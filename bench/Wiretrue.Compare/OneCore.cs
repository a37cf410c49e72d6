using System.Runtime.InteropServices;

namespace Wiretrue.Compare;

/// <summary>Keeps the calling thread on one core until it is disposed, so that both sides have the same one and its caches.</summary>
internal sealed partial class OneCore : IDisposable
{
    private const int Words = 16; // cpu_set_t: 1024 processors.

    private readonly ulong[] _before = new ulong[Words];

    public OneCore()
    {
        if (GetAffinity(0, Words * sizeof(ulong), _before) < 0)
            throw new InvalidOperationException("sched_getaffinity failed");
        // The last one: the first is where a small machine takes its interrupts.
        int word = Array.FindLastIndex(_before, each => each != 0);
        int bit = 63 - System.Numerics.BitOperations.LeadingZeroCount(_before[word]);
        Number = (word * 64) + bit;
        var one = new ulong[Words];
        one[word] = 1UL << bit;
        SetAffinity(0, Words * sizeof(ulong), one);
    }

    /// <summary>The core's number, as <c>taskset -c</c> takes it.</summary>
    public int Number { get; }

    public void Dispose() => SetAffinity(0, Words * sizeof(ulong), _before);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, [Out] ulong[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong[] mask);
}
