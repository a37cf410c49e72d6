using System.Numerics;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// Makes super-frames of the frames that come in (generic receive offload: <c>napi_gro_receive</c>, net/core/gro.c). What comes out can at once
/// be cut again, into the frames that went in.
/// </summary>
/// <remarks>
/// <code>
///              hash       bucket 0   oldest ... youngest        finished
///   Receive ───────────►  bucket 1   held │ held │ held   ────────────────►  ready
///                         ...
///                         bucket 7                         passed at once ►
/// </code>
/// A frame joins the held packet of its flow, or lets it go and is held itself, or passes. Packets come out in the order in which Linux hands
/// them up: what is let go comes before the frame that made it go. The order within a flow is kept, except where the kernel's is not: a frame
/// with a bad checksum, a fragment and a header that coalescing does not read overtake what is held.
/// <para>The first frame's headers are written when a super-frame is done, so a packet that is handed in is one whose linear area may be
/// written. It is for one thread.</para>
/// </remarks>
public sealed class Coalescer : IDisposable
{
    private readonly FlowBucket[] _buckets;
    private readonly CoalescerLimits _limits;
    private readonly uint _bucketMask;
    private readonly bool _isHashing;
    private HeldPacket? _recent;

    // Frames come in runs of a flow: then the one before is tried first. Flows that take turns would pay for that with every frame.
    private bool _isRunning;
    private long _received;
    private long _joined;
    private long _superFrames;
    private long _alone;
    private long _passed;
    private long _ended;
    private long _superseded;
    private long _displaced;
    private long _expired;
    private long _flushed;

    /// <summary>A coalescer that holds nothing yet.</summary>
    /// <param name="options">How it works; null for <see cref="CoalescerOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Coalescer(CoalescerOptions? options = null)
    {
        options ??= CoalescerOptions.Default;
        if (!BitOperations.IsPow2(options.Buckets))
            Throw.ArgumentOutOfRange(nameof(options), options.Buckets, "The number of buckets is a power of two.");
        if (options.HeldPerBucket is < 1 or > 64)
            Throw.ArgumentOutOfRange(nameof(options), options.HeldPerBucket, "A bucket holds 1 to 64 packets.");
        CheckSize(options.MaxSize);
        CheckSize(options.MaxIPv4Size);
        _limits = new CoalescerLimits(options);
        _isHashing = options.Hashing == FlowHashing.Addresses;
        _buckets = new FlowBucket[options.Buckets];
        _bucketMask = (uint)options.Buckets - 1;
        for (int i = 0; i < _buckets.Length; i++)
            _buckets[i] = new FlowBucket(options.HeldPerBucket);
    }

    /// <summary>
    /// The caller's clock, in any unit: packets that are held from now on are held since then. For <see cref="Flush(PacketQueue, long)"/>.
    /// </summary>
    public long Now { get; set; }

    /// <summary>Packets that are held, super-frames in the making among them.</summary>
    public int Held { get; private set; }

    /// <summary>What became of the frames so far.</summary>
    public CoalescerStatistics Statistics => new()
    {
        Received = _received,
        Joined = _joined,
        SuperFrames = _superFrames,
        Alone = _alone,
        Passed = _passed,
        Ended = _ended,
        Superseded = _superseded,
        Displaced = _displaced,
        Expired = _expired,
        Flushed = _flushed,
    };

    /// <summary>Takes one packet (<c>napi_gro_receive</c>).</summary>
    /// <param name="packet">Taken over: it joins, is held, or is among the ready ones afterwards.</param>
    /// <param name="ready">What is let go is added at the end, in the order in which Linux hands it up.</param>
    public void Receive(Packet packet, PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(ready);
        _received++;
        HeldPacket? recent = _recent;
        if (_isRunning && recent is not null && recent.Match.TryJoin(recent, packet, out bool ends))
            Joined(recent, ends, ready);
        else
            ReceiveOther(packet, ready);
    }

    /// <summary>Lets everything go, at the end of a batch (<c>napi_gro_flush</c>): bucket by bucket, the oldest first.</summary>
    /// <param name="ready">What is let go is added at the end.</param>
    public void Flush(PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        foreach (FlowBucket bucket in _buckets)
        {
            _flushed += bucket.Count;
            for (int i = 0; i < bucket.Count; i++)
                Finish(bucket[i], ready);
            bucket.Clear();
        }
    }

    /// <summary>Lets go what was held first before a moment of the caller's clock (<c>napi_gro_flush</c> with <c>flush_old</c>).</summary>
    /// <param name="ready">What is let go is added at the end.</param>
    /// <param name="heldBefore">What is held since then, or later, stays.</param>
    public void Flush(PacketQueue ready, long heldBefore)
    {
        ArgumentNullException.ThrowIfNull(ready);
        foreach (FlowBucket bucket in _buckets)
        {
            while (bucket.Count > 0 && bucket[0].Since < heldBefore)
            {
                _expired++;
                LetGo(bucket[0], ready);
            }
        }
    }

    /// <summary>Gives back to their pools what is held still.</summary>
    public void Dispose()
    {
        foreach (FlowBucket bucket in _buckets)
        {
            Held -= bucket.Count;
            for (int i = 0; i < bucket.Count; i++)
                bucket[i].Packet.Dispose();
            bucket.Clear();
        }
        _recent = null;
    }

    private static void CheckSize(int size)
    {
        // MAX_TCP_HEADER is what the kernel asks for at least; 8 * 65535, what it allows.
        if (size is < 1 or > 524_280)
            Throw.ArgumentOutOfRange(nameof(size), size, "A super-frame's size is 1 to 524,280 bytes.");
    }

    private FlowBucket BucketOf(uint hash) => _buckets[hash & _bucketMask];

    /// <summary>A packet that does not go on the flow of the one before.</summary>
    private void ReceiveOther(Packet packet, PacketQueue ready)
    {
        uint hash = _isHashing ? BucketHash.Of(packet) : 0;
        FlowBucket bucket = BucketOf(hash);
        for (int i = bucket.Count - 1; i >= 0; i--)
        {
            HeldPacket held = bucket[i];
            bool wasTried = _isRunning && ReferenceEquals(held, _recent);
            if (held.Hash == hash && !wasTried && held.Match.TryJoin(held, packet, out bool ends))
            {
                _isRunning = _recent is null || ReferenceEquals(held, _recent);
                _recent = held;
                Joined(held, ends, ready);
                return;
            }
        }
        ReceiveByLayers(packet, hash, bucket, ready);
    }

    private void ReceiveByLayers(Packet packet, uint hash, FlowBucket bucket, PacketQueue ready)
    {
        var arrival = new Arrival(packet, bucket, _limits);
        HeldPacket? finished = LinkCoalescing.Receive(ref arrival);
        if (arrival.Joined is { } joined)
        {
            _recent = joined;
            Joined(joined, ends: finished is not null, ready);
            return;
        }
        if (finished is not null)
        {
            _superseded++;
            LetGo(finished, ready);
        }
        packet.Offload = arrival.Checksums.Whole(packet.State);
        if (arrival.MustPass)
        {
            _passed++;
            ready.Enqueue(packet);
            return;
        }
        if (bucket.IsFull)
        {
            _displaced++;
            LetGo(bucket[0], ready);
        }
        bucket.Hold(arrival, hash, Now);
        Held++;
    }

    private void Joined(HeldPacket held, bool ends, PacketQueue ready)
    {
        _joined++;
        if (!ends)
            return;
        _ended++;
        LetGo(held, ready);
    }

    private void LetGo(HeldPacket held, PacketQueue ready)
    {
        Finish(held, ready);
        BucketOf(held.Hash).Remove(held);
    }

    /// <summary>Makes a packet of what was held, and hands it up (<c>gro_complete</c>).</summary>
    private void Finish(HeldPacket held, PacketQueue ready)
    {
        if (held.Count > 1)
        {
            var completion = new Completion(held);
            LinkCoalescing.Complete(ref completion);
            _superFrames++;
        }
        else
        {
            _alone++;
        }
        if (ReferenceEquals(held, _recent))
            _recent = null;
        Held--;
        ready.Enqueue(held.Release());
    }
}
