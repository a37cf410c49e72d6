namespace Wiretrue.Captures.Pipelines;

/// <summary>Hands things from one thread to another, ownership with them. It has no bound of its own: only so many things go around.</summary>
internal sealed class HandOver<T>
    where T : class
{
    private readonly Queue<T> _waiting = new();
    private bool _closed;

    /// <summary>Adds a thing; false when nobody takes any more.</summary>
    public bool TryAdd(T thing)
    {
        lock (_waiting)
        {
            if (_closed)
                return false;
            _waiting.Enqueue(thing);
            Monitor.Pulse(_waiting);
            return true;
        }
    }

    /// <summary>Waits for a thing; null when closed and empty.</summary>
    public T? Take()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                    return null;
                Monitor.Wait(_waiting);
            }
            return _waiting.Dequeue();
        }
    }

    /// <summary>Nothing comes any more; what is waiting can still be taken.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.PulseAll(_waiting);
        }
    }
}
