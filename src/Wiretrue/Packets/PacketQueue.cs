
namespace Wiretrue.Packets;

/// <summary>
/// First in, first out, linked through the packets themselves (<c>struct sk_buff_head</c>, or a list by <c>skb->next</c>).
/// </summary>
/// <remarks>It owns the packets in it. It is not for two threads at once.</remarks>
public sealed class PacketQueue : IDisposable
{
    private Packet? _first;
    private Packet? _last;

    /// <summary>Packets in the queue.</summary>
    public int Count { get; private set; }

    /// <summary>The packet that came first, or null; <see cref="Packet.Next"/> leads on.</summary>
    public Packet? First => _first;

    /// <summary>The packet that came last, or null.</summary>
    public Packet? Last => _last;

    /// <summary>Adds a packet at the end, and takes it over.</summary>
    public void Enqueue(Packet packet)
    {
        packet.Next = null;
        if (_last is null)
            _first = packet;
        else
            _last.Next = packet;
        _last = packet;
        Count++;
    }

    /// <summary>Moves all of <paramref name="other"/> to the end of this one.</summary>
    public void EnqueueAll(PacketQueue other)
    {
        if (other._first is null)
            return;
        EnqueueChain(other._first, other._last!, other.Count);
        other.Forget();
    }

    /// <summary>Takes the first packet out; the caller owns it then. Null when the queue is empty.</summary>
    public Packet? Dequeue()
    {
        Packet? packet = _first;
        if (packet is null)
            return null;
        _first = packet.Next;
        if (_first is null)
            _last = null;
        packet.Next = null;
        Count--;
        return packet;
    }

    /// <summary>Gives all packets back to their pools.</summary>
    public void Clear()
    {
        Packet? packet = _first;
        Forget();
        while (packet is not null)
            packet = ReturnRun(packet);
    }

    /// <summary>Gives back all packets behind <paramref name="last"/>, one of the queue's; all of them when it is null.</summary>
    internal void ClearAfter(Packet? last)
    {
        Packet? packet = last is null ? _first : last.Next;
        for (Packet? gone = packet; gone is not null; gone = gone.Next)
            Count--;
        _last = last;
        if (last is null)
            _first = null;
        else
            last.Next = null;
        while (packet is not null)
            packet = ReturnRun(packet);
    }

    /// <inheritdoc cref="Clear"/>
    public void Dispose() => Clear();

    /// <summary>Adds packets that are linked already, and takes them over.</summary>
    internal void EnqueueChain(Packet first, Packet last, int count)
    {
        if (_last is null)
            _first = first;
        else
            _last.Next = first;
        _last = last;
        Count += count;
    }

    /// <summary>
    /// Gives back the packets from <paramref name="first"/> on that are of one pool, linked as they are; returns the one after them.
    /// </summary>
    private static Packet? ReturnRun(Packet first)
    {
        PacketPool pool = first.Pool;
        var releases = new PageReleases(pool);
        Packet last = first;
        int count = 0;
        while (true)
        {
            last.Release(ref releases);
            int alike = ReleaseAlike(ref last, pool, releases.Linear, releases.Fragment);
            releases.AddAlike(alike);
            count += 1 + alike;
            if (last.Next is not { } next || !ReferenceEquals(next.Pool, pool))
                break;
            last = next;
        }
        Packet? rest = last.Next;
        releases.Flush();
        pool.ReturnChain(first, last, count);
        return rest;
    }

    /// <summary>
    /// Releases the packets after <paramref name="last"/> that hold the same two pages, as the segments of a super-frame do.
    /// </summary>
    /// <remarks>It calls nothing, so that its variables stay in registers.</remarks>
    /// <returns>How many; <paramref name="last"/> is the last of them.</returns>
    private static int ReleaseAlike(ref Packet last, PacketPool pool, Page? linear, Page? fragment)
    {
        Packet end = last;
        int count = 0;
        while (end.Next is { } next && ReferenceEquals(next.Pool, pool) && next.TryReleaseAlike(linear, fragment))
        {
            end = next;
            count++;
        }
        last = end;
        return count;
    }

    private void Forget()
    {
        _first = null;
        _last = null;
        Count = 0;
    }
}
