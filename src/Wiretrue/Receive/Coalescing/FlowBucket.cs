namespace Wiretrue.Receive.Coalescing;

/// <summary>The held packets of one bucket, the oldest first (<c>struct gro_list</c>, linux/netdevice.h).</summary>
internal sealed class FlowBucket(int capacity)
{
    // All that were ever needed: those that are held come first, in order of age.
    private readonly HeldPacket?[] _held = new HeldPacket[capacity];

    /// <summary>Packets held.</summary>
    public int Count { get; private set; }

    /// <summary>One more has to displace the oldest.</summary>
    public bool IsFull => Count == _held.Length;

    /// <summary>A bit for each held packet, the lowest for the oldest.</summary>
    public ulong All => Count == 64 ? ulong.MaxValue : (1UL << Count) - 1;

    /// <summary>The held packet at <paramref name="index"/>, 0 being the oldest.</summary>
    public HeldPacket this[int index] => _held[index]!;

    /// <summary>Holds one more packet, the youngest.</summary>
    public HeldPacket Hold(in Arrival arrival, uint hash, long now)
    {
        HeldPacket held = _held[Count] ??= new HeldPacket();
        Count++;
        held.Hold(arrival, hash, now);
        return held;
    }

    /// <summary>Takes a held packet out; the others keep their order.</summary>
    public void Remove(HeldPacket held)
    {
        int index = Array.IndexOf(_held, held, 0, Count);
        Count--;
        Array.Copy(_held, index + 1, _held, index, Count - index);
        _held[Count] = held;
    }

    /// <summary>Takes all out.</summary>
    public void Clear() => Count = 0;
}
