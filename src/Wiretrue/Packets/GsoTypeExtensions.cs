namespace Wiretrue.Packets;

/// <summary>Questions about a <see cref="GsoType"/>.</summary>
internal static class GsoTypeExtensions
{
    /// <summary>The tunnels whose header has a checksum over all that follows: it may be owed by a packet that is one segment only.</summary>
    public const GsoType OuterChecksums = GsoType.UdpTunnelChecksum | GsoType.GreChecksum;

    /// <summary>The type speaks of a tunnel, and what is divided is the innermost transport.</summary>
    public static bool IsTunnel(this GsoType type) => (type & GsoType.TunnelMask) != 0;
}
