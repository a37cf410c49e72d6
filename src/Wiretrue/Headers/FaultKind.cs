namespace Wiretrue.Headers;

/// <summary>What a walk found wrong. All but <see cref="TooLong"/> end it before the last header.</summary>
public enum FaultKind : byte
{
    /// <summary>Nothing: every header that is known here was read.</summary>
    None,

    /// <summary>The bytes were not captured: the packet was snapped inside a header.</summary>
    Snapped,

    /// <summary>A length field leaves no room for the header.</summary>
    TooShort,

    /// <summary>
    /// A length field reaches past what encloses it. The layer is clipped and the walk goes on, so that the headers inside can be
    /// named; what the lengths decide, checksums above all, cannot be trusted from that layer inwards.
    /// </summary>
    TooLong,

    /// <summary>A field holds a value that the protocol does not allow (version, header length).</summary>
    Malformed,

    /// <summary>More layers than a <see cref="PacketLayout"/> holds.</summary>
    TooDeep,
}
