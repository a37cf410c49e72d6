namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>Which of a super-frame's segments a header is for.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Offset">Bytes of payload before it.</param>
/// <param name="IsLast">None follows.</param>
public sealed record SegmentPlace(int Index, int Offset, bool IsLast);
