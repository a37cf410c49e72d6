namespace Wiretrue.Testing.Synthesis;

/// <summary>What a built packet carries in its checksum field.</summary>
public enum FieldChecksum
{
    /// <summary>The right one.</summary>
    Good,

    /// <summary>The folded pseudo-header sum, length included, not inverted: what Linux leaves to the card.</summary>
    Partial,

    /// <summary>The same without the length: what Windows leaves to the card for a large send.</summary>
    PartialNoLength,

    /// <summary>Zero.</summary>
    Zero,

    /// <summary>A wrong one that none of the others explains.</summary>
    Bad,
}
