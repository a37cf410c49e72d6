namespace Wiretrue.Tool.Commands;

/// <summary>One capture to repair.</summary>
/// <param name="Input">Its name; <c>-</c> for stdin.</param>
/// <param name="Output">Where the repaired one goes, <c>-</c> for stdout; null to write nothing.</param>
internal sealed record FixFile(string Input, string? Output);
