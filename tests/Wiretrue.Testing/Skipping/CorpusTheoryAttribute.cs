using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>A theory over the shared captures; skipped, with the reason, where they are absent.</summary>
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    /// <summary>Probes for the corpus.</summary>
    public CorpusTheoryAttribute() => Skip = Probe.Corpus();
}
