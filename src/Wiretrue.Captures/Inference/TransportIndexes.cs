using System.Runtime.CompilerServices;

namespace Wiretrue.Captures.Inference;

/// <summary>The transport layers of one packet, by their index in its layout, the outermost first.</summary>
internal struct TransportIndexes
{
    private Four _indexes;

    /// <summary>How many there are, <see cref="PacketVerdict.MaxTransports"/> at most.</summary>
    public int Count { get; private set; }

    /// <summary>The layer index of the transport at <paramref name="level"/>.</summary>
    public readonly int this[int level] => _indexes[level];

    /// <summary>Adds one, unless there are too many already.</summary>
    public void Add(int index)
    {
        if (Count < PacketVerdict.MaxTransports)
            _indexes[Count++] = (sbyte)index;
    }

    [InlineArray(PacketVerdict.MaxTransports)]
    private struct Four
    {
        private sbyte _first;
    }
}
