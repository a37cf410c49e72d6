using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>Sends frames through a coalescer, and tells what came out; the pool's books must balance afterwards.</summary>
internal static class Burst
{
    /// <summary>What comes out of a batch of frames.</summary>
    public static List<(byte[] Bytes, OffloadState State)> Coalesce(
        IEnumerable<byte[]> frames, CoalescerOptions? options = null, OffloadState state = default)
    {
        var results = new List<(byte[], OffloadState)>();
        using var pool = new PacketPool();
        using (var coalescer = new Coalescer(options))
        using (var ready = new PacketQueue())
        {
            foreach (byte[] frame in frames)
                coalescer.Receive(pool.Rent(frame, state), ready);
            coalescer.Flush(ready);
            Assert.Equal(0, coalescer.Held);
            results.AddRange(ready.Packets().Select(packet => (Cutter.Bytes(packet), packet.Offload)));
            AssertBooksBalance(coalescer.Statistics, results.Count);
        }
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
        return results;
    }

    /// <summary>How many frames each packet that comes out stands for.</summary>
    public static int[] Counts(IEnumerable<Segment> segments, CoalescerOptions? options = null) =>
        [.. Coalesce(segments.Select(segment => segment.Build()), options).Select(result => Math.Max(1, result.State.GsoSegments))];

    /// <summary>A frame came out as it came in, and nothing is said of it.</summary>
    public static void AssertIsUntouched(byte[] frame, (byte[] Bytes, OffloadState State) result)
    {
        Assert.Equal(frame, result.Bytes);
        Assert.Equal(default, result.State);
    }

    /// <summary>What comes out is cut again by the transmit path.</summary>
    public static List<byte[]> Recut(IEnumerable<(byte[] Bytes, OffloadState State)> results) =>
        [.. results.SelectMany(result => result.State.IsGso ? Cutter.Cut(result.Bytes, result.State) : [result.Bytes])];

    private static void AssertBooksBalance(CoalescerStatistics statistics, int packets)
    {
        Assert.Equal(statistics.Received, statistics.Joined + statistics.SuperFrames + statistics.Alone + statistics.Passed);
        Assert.Equal(packets, statistics.SuperFrames + statistics.Alone + statistics.Passed);
        Assert.Equal(
            statistics.SuperFrames + statistics.Alone,
            statistics.Ended + statistics.Superseded + statistics.Displaced + statistics.Expired + statistics.Flushed);
    }
}
