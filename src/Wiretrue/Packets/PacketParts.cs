
namespace Wiretrue.Packets;

/// <summary>The pieces of a packet in order (<c>skb_walk_frags</c> and its kin), for <c>foreach</c>. Empty pieces are left out.</summary>
public struct PacketParts
{
    private readonly Packet _head;
    private Packet _packet;
    private int _next = -1;

    internal PacketParts(Packet packet)
    {
        _head = packet;
        _packet = packet;
    }

    /// <summary>The piece that <see cref="MoveNext"/> found.</summary>
    public PageFragment Current { readonly get; private set; }

    /// <summary>This: it is its own enumerator.</summary>
    public readonly PacketParts GetEnumerator() => this;

    /// <summary>Finds the next piece; false when there is none.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (_next < 0)
            {
                _next = 0;
                if (_packet.LinearLength != 0)
                {
                    Current = _packet.LinearFragment;
                    return true;
                }
            }
            if (_next < _packet.Fragments.Length)
            {
                Current = _packet.Fragments[_next++];
                if (Current.Length != 0)
                    return true;
                continue;
            }
            Packet? next = ReferenceEquals(_packet, _head) ? _head.FragmentList : _packet.Next;
            if (next is null)
                return false;
            _packet = next;
            _next = -1;
        }
    }
}
