namespace Wiretrue.Headers;

/// <summary>Why a walk stopped before the last header.</summary>
public enum FaultKind : byte
{
    /// <summary>It did not: every header that is known here was read.</summary>
    None,

    /// <summary>The bytes were not captured: the packet was snapped inside a header.</summary>
    Snapped,

    /// <summary>A length field leaves no room for the header.</summary>
    TooShort,

    /// <summary>A length field reaches past what encloses it.</summary>
    TooLong,

    /// <summary>A field holds a value that the protocol does not allow (version, header length).</summary>
    Malformed,

    /// <summary>More layers than a <see cref="PacketLayout"/> holds.</summary>
    TooDeep,
}
