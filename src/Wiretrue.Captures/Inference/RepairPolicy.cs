namespace Wiretrue.Captures.Inference;

/// <summary>Which checksums may be made good.</summary>
public enum RepairPolicy : byte
{
    /// <summary>Only those that are proven to be offload artefacts.</summary>
    ProvenOnly,

    /// <summary>Also those that are off by a constant per flow: addresses or ports rewritten after the sum was taken.</summary>
    Rewritten,

    /// <summary>Every one that can be computed, true corruption included.</summary>
    All,
}
