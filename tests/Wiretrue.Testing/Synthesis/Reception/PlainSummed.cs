namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>The four states of a received frame's checksum, for <see cref="PlainStack"/>.</summary>
public enum PlainSummed
{
    /// <summary><c>CHECKSUM_NONE</c>.</summary>
    None,

    /// <summary><c>CHECKSUM_UNNECESSARY</c>.</summary>
    Unnecessary,

    /// <summary><c>CHECKSUM_COMPLETE</c>.</summary>
    Complete,

    /// <summary><c>CHECKSUM_PARTIAL</c>.</summary>
    Partial,
}
