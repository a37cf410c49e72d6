namespace Wiretrue.Packets;

/// <summary>Questions about a <see cref="GsoType"/>.</summary>
internal static class GsoTypeExtensions
{
    /// <summary>The type speaks of a tunnel, and what is divided is the innermost transport.</summary>
    public static bool IsTunnel(this GsoType type) => (type & GsoType.TunnelMask) != 0;
}
