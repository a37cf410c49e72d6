namespace Wiretrue.Tool.Commands;

/// <summary>One capture to work on.</summary>
/// <param name="Input">Its name; <c>-</c> for stdin.</param>
/// <param name="Output">Where the result goes, <c>-</c> for stdout; null to write nothing.</param>
internal sealed record OutputFile(string Input, string? Output);
