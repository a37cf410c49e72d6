namespace Wiretrue.Tool.Output;

/// <summary>A number of things in words.</summary>
internal static class Counted
{
    /// <summary><c>1 frame</c>, <c>2 frames</c>.</summary>
    public static string Of(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
