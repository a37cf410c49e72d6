namespace Wiretrue.Captures.Inference;

/// <summary>Why a packet that is not true to the wire was left as it is.</summary>
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
}
