using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel.Gro;

/// <summary>
/// While this lives, the calling thread runs on one processor and before all other threads there (<c>SCHED_FIFO</c>, sched(7)): those that it
/// wakes wait until it is over. It must be disposed by the thread that made it.
/// </summary>
internal readonly unsafe ref struct RealTimeTurn
{
    private const int Words = 16;
    private const int Priority = 50;

    private readonly Mask _before;

    /// <summary>Begins.</summary>
    public RealTimeTurn(int processor)
    {
        // The kernel reads and writes Words words, the length of a mask.
        fixed (Mask* before = &_before)
            Must(Libc.sched_getaffinity(0, Words * sizeof(ulong), (ulong*)before) < 0 ? -1 : 0, "sched_getaffinity");
        Pin(0, processor);
        int priority = Priority;
        Must(Libc.sched_setscheduler(0, Libc.SCHED_FIFO, &priority), "sched_setscheduler SCHED_FIFO");
    }

    /// <summary>Has a thread run on this processor alone.</summary>
    /// <param name="thread">Its number; 0 for the calling one.</param>
    /// <param name="processor">The processor's.</param>
    public static void Pin(int thread, int processor)
    {
        ulong* mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        mask[processor / 64] = 1ul << (processor % 64);
        Must(Libc.sched_setaffinity(thread, Words * sizeof(ulong), mask), "sched_setaffinity");
    }

    /// <summary>The last of the processors that the calling thread may run on.</summary>
    public static int LastProcessor()
    {
        ulong* mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        Must(Libc.sched_getaffinity(0, Words * sizeof(ulong), mask) < 0 ? -1 : 0, "sched_getaffinity");
        int word = Words - 1;
        while (word > 0 && mask[word] == 0)
            word--;
        return (64 * word) + System.Numerics.BitOperations.Log2(mask[word]);
    }

    /// <summary>Ends: the thread is as it was.</summary>
    public void Dispose()
    {
        int none = 0;
        Must(Libc.sched_setscheduler(0, Libc.SCHED_OTHER, &none), "sched_setscheduler SCHED_OTHER");
        fixed (Mask* before = &_before)
            Must(Libc.sched_setaffinity(0, Words * sizeof(ulong), (ulong*)before), "sched_setaffinity");
    }

    private static void Must(int result, string call)
    {
        if (result < 0)
            throw Libc.Failed(call);
    }

    [System.Runtime.CompilerServices.InlineArray(Words)]
    private struct Mask
    {
        private ulong _word;
    }
}
