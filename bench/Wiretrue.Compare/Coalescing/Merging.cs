using System.Diagnostics;
using System.Runtime.CompilerServices;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;

namespace Wiretrue.Compare.Coalescing;

/// <summary>Our side: a burst is verified and merged, and what came out goes back to its pool.</summary>
/// <remarks>As on DPDK's side, only that is timed: making the packets, which a driver does, and giving them back is not.</remarks>
internal sealed class Merging : IDisposable
{
    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly PacketQueue _merged = new();
    private readonly Coalescer _coalescer;
    private readonly Arrivals _arrivals;
    private readonly Page[] _pages;
    private readonly Packet[] _burst;
    private readonly OffloadState _state;
    private readonly bool _isWalked;

    /// <param name="arrivals">What is merged.</param>
    /// <param name="sums">Whether the checksums are verified; else the card has said that they are good.</param>
    /// <param name="isWalked">Whether the headers are known before, as DPDK is told them.</param>
    public Merging(Arrivals arrivals, bool sums, bool isWalked)
    {
        _arrivals = arrivals;
        _isWalked = isWalked;
        _state = sums ? default : new OffloadState { Checksum = ChecksumState.Unnecessary };
        _pages = [.. arrivals.Frames.Select(frame => new Page(frame))];
        _burst = new Packet[arrivals.Frames.Length];
        // As many flows as there are must find a place, as they do on DPDK's side.
        _coalescer = new Coalescer(new CoalescerOptions { Buckets = 64 });
    }

    /// <summary>Merges so many bursts; how long that took.</summary>
    public TimeSpan Merge(int times)
    {
        long elapsed = 0;
        for (int i = 0; i < times; i++)
        {
            Receive();
            long start = Stopwatch.GetTimestamp();
            MergeBurst();
            elapsed += Stopwatch.GetTimestamp() - start;
            _merged.Clear();
        }

        return Stopwatch.GetElapsedTime(0, elapsed);
    }

    /// <summary>Bytes that the collector had to find for a thousand bursts.</summary>
    public long AllocatedBytes() => Allocations.Of(times => Merge(times));

    /// <summary>Merges once more and says what came out: digests of the payloads, added up, as the order among flows is of no account.</summary>
    public MadeFrames Result()
    {
        Receive();
        MergeBurst();
        ulong sum = 0;
        int count = _merged.Count;
        for (Packet? packet = _merged.First; packet is not null; packet = packet.Next)
        {
            ulong digest = MadeFrames.EmptyDigest;
            int skip = Arrivals.Headers;
            foreach (PageFragment part in packet.Parts)
            {
                digest = MadeFrames.Append(digest, part.Span[skip..]);
                skip = 0;
            }

            sum += digest;
        }

        _merged.Clear();
        return new MadeFrames(count, sum);
    }

    public void Dispose()
    {
        _coalescer.Dispose();
        _pool.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MergeBurst()
    {
        foreach (Packet packet in _burst)
            _coalescer.Receive(packet, _merged);
        _coalescer.Flush(_merged);
    }

    /// <summary>As a driver hands frames up.</summary>
    private void Receive()
    {
        for (int i = 0; i < _burst.Length; i++)
        {
            _arrivals.Restore(i);
            Packet packet = _pool.Rent(_pages[i], 0, Arrivals.Headers + Arrivals.Payload, _state);
            if (_isWalked)
                packet.Walk();
            _burst[i] = packet;
        }
    }
}
