namespace Wiretrue.Captures.Inference;

/// <summary>What state a captured checksum is in. The order is that of the tests: the first that applies.</summary>
public enum CapturedChecksum : byte
{
    /// <summary>There is no checksum here, or none that is known.</summary>
    None,

    /// <summary>UDP over IPv4 with a checksum of zero: the sender chose to have none (RFC 768).</summary>
    Absent,

    /// <summary>It verifies, or is left to its receiver, as the tunnel's header says (<see cref="Headers.RemoteChecksumRequest"/>).</summary>
    Good,

    /// <summary>
    /// The field holds the pseudo-header sum, folded, not inverted (<c>CHECKSUM_PARTIAL</c>): Linux and most others on transmit.
    /// </summary>
    Partial,

    /// <summary>The same with the length left out of the sum: what Windows hands to a card for large send offload.</summary>
    PartialNoLength,

    /// <summary>The field is zero: receive coalescing on Windows, SCTP's CRC32c offload.</summary>
    Zero,

    /// <summary>SCTP's checksum of before RFC 3309: Adler-32.</summary>
    Adler32,

    /// <summary>Off by a constant per flow: addresses or ports were rewritten after the sum was taken.</summary>
    Rewritten,

    /// <summary>Partial, and then rewritten.</summary>
    RewrittenPartial,

    /// <summary>Wrong, and none of the above.</summary>
    Bad,

    /// <summary>Not all covered bytes were captured, or the lengths contradict each other.</summary>
    Unverifiable,
}
