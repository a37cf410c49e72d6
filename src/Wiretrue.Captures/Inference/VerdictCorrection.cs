using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>Checksums of earlier windows that were called bad and are now known to have been rewritten.</summary>
/// <param name="Kind">Their transport.</param>
/// <param name="Inner">They are inside a tunnel.</param>
/// <param name="Verdict">What they are.</param>
/// <param name="Count">How many.</param>
internal readonly record struct VerdictCorrection(LayerKind Kind, bool Inner, CapturedChecksum Verdict, int Count);
