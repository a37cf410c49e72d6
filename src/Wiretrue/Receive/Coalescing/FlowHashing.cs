namespace Wiretrue.Receive.Coalescing;

/// <summary>Where a packet's flow hash comes from (<c>skb->hash</c>), which decides its bucket.</summary>
/// <remarks>
/// A hash spreads flows, and decides nothing else: a flow is always in one bucket. The order between flows depends on it, and so does which
/// one is let go first when there are more than a bucket holds.
/// </remarks>
public enum FlowHashing : byte
{
    /// <summary>The device gives none, as a TAP device does not: all packets share the first bucket.</summary>
    None,

    /// <summary>Addresses and ports, as a card's receive-side scaling. The hash itself is ours; a card's depends on its key.</summary>
    Addresses,
}
