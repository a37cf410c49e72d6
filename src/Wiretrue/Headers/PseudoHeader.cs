namespace Wiretrue.Headers;

/// <summary>The pseudo-header that TCP, UDP and ICMPv6 checksums cover (RFC 9293 3.1, RFC 8200 8.1).</summary>
public static class PseudoHeader
{
    /// <summary>
    /// One's complement sum of the pseudo-header, folded, not inverted, as a big-endian number. It knows of routing headers (the final
    /// destination counts) and of the home address option (RFC 6275 6.3: the home address counts as source).
    /// </summary>
    /// <param name="packet">The packet's bytes.</param>
    /// <param name="layout">Its walk.</param>
    /// <param name="transport">Index of the transport layer.</param>
    /// <param name="length">Upper-layer length to count in: 0 to leave it out (the Windows LSO convention).</param>
    public static ushort Sum(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, int length) => throw new NotSupportedException();
}
