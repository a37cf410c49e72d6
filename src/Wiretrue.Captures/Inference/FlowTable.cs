using System.Runtime.CompilerServices;

namespace Wiretrue.Captures.Inference;

/// <summary>
/// The flows seen, in constant memory: a hash table in which a flow may lie in any of <see cref="Ways"/> neighbouring slots; when all are
/// taken, the one that was not used for longest makes room.
/// </summary>
internal sealed class FlowTable
{
    /// <summary>Slots that one flow can lie in.</summary>
    public const int Ways = 8;

    private readonly Flow[] _slots;
    private readonly int _mask;
    private uint _uses;

    /// <summary>Starts empty.</summary>
    /// <param name="capacityBits">Base-2 logarithm of the number of slots.</param>
    public FlowTable(int capacityBits = 15)
    {
        _slots = new Flow[1 << capacityBits];
        _mask = _slots.Length - 1;
    }

    /// <summary>The flow of <paramref name="key"/>, made when it is new. The reference holds until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow GetOrAdd(in FlowKey key)
    {
        uint now = NextUse();
        int home = (int)key.Hash() & _mask;
        ref Flow first = ref _slots[home];
        if (first.Key.Equals(key) && first.LastUsed != 0)
        {
            first.LastUsed = now;
            return ref first;
        }
        return ref Search(in key, home, now);
    }

    /// <summary>The flow of <paramref name="key"/>, or a null reference when it is not, or no longer, known.</summary>
    public ref Flow Find(in FlowKey key)
    {
        int home = (int)key.Hash() & _mask;
        for (int way = 0; way < Ways; way++)
        {
            ref Flow slot = ref _slots[(home + way) & _mask];
            // Slots are never emptied, so nothing lies behind one that never was used.
            if (slot.LastUsed == 0)
                break;
            if (slot.Key.Equals(key))
                return ref slot;
        }
        return ref Unsafe.NullRef<Flow>();
    }

    private ref Flow Search(in FlowKey key, int home, uint now)
    {
        ref Flow oldest = ref _slots[home];
        for (int way = 0; way < Ways; way++)
        {
            ref Flow slot = ref _slots[(home + way) & _mask];
            if (slot.LastUsed == 0)
            {
                oldest = ref slot;
                break;
            }
            if (slot.Key.Equals(key))
            {
                slot.LastUsed = now;
                return ref slot;
            }
            if (slot.LastUsed < oldest.LastUsed)
                oldest = ref slot;
        }
        oldest = new Flow { Key = key, LastUsed = now };
        return ref oldest;
    }

    // After four thousand million look-ups the order of age starts anew; a wrong choice of what to forget is the worst that follows.
    private uint NextUse() => ++_uses != 0 ? _uses : ++_uses;
}
