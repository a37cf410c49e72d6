using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>A test over the shared captures; skipped, with the reason, where they are absent.</summary>
public sealed class CorpusFactAttribute : FactAttribute
{
    /// <summary>Probes for the corpus.</summary>
    public CorpusFactAttribute() => Skip = Probe.Corpus();
}
