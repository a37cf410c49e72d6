using System.Runtime.CompilerServices;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>The transport layers of one packet, by their index in its layout, the outermost first.</summary>
internal struct TransportIndexes
{
    private Four _indexes;

    /// <summary>How many there are.</summary>
    public int Count { readonly get; private set; }

    /// <summary>The layer index of the transport at <paramref name="level"/>.</summary>
    public readonly int this[int level] => _indexes[level];

    /// <summary>
    /// Collects those of <paramref name="layout"/>; deeper ones than <see cref="PacketVerdict.MaxTransports"/> are left out.
    /// </summary>
    public static TransportIndexes Of(in PacketLayout layout)
    {
        TransportIndexes transports = default;
        for (int i = layout.NextTransport(-1); i >= 0 && transports.Count < PacketVerdict.MaxTransports; i = layout.NextTransport(i))
            transports._indexes[transports.Count++] = (sbyte)i;
        return transports;
    }

    [InlineArray(PacketVerdict.MaxTransports)]
    private struct Four
    {
        private sbyte _first;
    }
}
