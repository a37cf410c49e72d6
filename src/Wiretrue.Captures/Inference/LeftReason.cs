namespace Wiretrue.Captures.Inference;

/// <summary>Why a packet that is not true to the wire, or may not be, was left as it is.</summary>
public enum LeftReason : byte
{
    /// <summary>Nothing was left.</summary>
    None,

    /// <summary>A checksum is wrong, and no offload explains it.</summary>
    Bad,

    /// <summary>Off by a constant per flow: something covered was rewritten after the sum was taken.</summary>
    Rewritten,

    /// <summary>Half-made, but bytes that it covers were not captured.</summary>
    Snapped,

    /// <summary>Nothing can be said: covered bytes were not captured, or the lengths contradict each other.</summary>
    Unverifiable,

    /// <summary>A super-frame that cannot be cut: its headers do not fit into one frame, or cannot be made anew for each segment.</summary>
    Uncuttable,

    /// <summary>A zero checksum where the protocol allows none, and nothing shows who left it: UDP over IPv6.</summary>
    Zero,

    /// <summary>SCTP's checksum of before RFC 3309: true to its time.</summary>
    Adler32,
}
