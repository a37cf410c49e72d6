namespace Wiretrue.Tunnels;

/// <summary>One label that a tunnel puts before its packets (<c>struct mpls_iptunnel_encap</c>, net/mpls_iptunnel.h).</summary>
/// <param name="Value">The label, 20 bits.</param>
/// <param name="TrafficClass">Traffic class, 0 to 7; Linux sends 0.</param>
/// <param name="TimeToLive">Time to live; null for the inner packet's (<c>net.mpls.ip_ttl_propagate</c>).</param>
/// <remarks>RFC 3032, RFC 5462.</remarks>
public readonly record struct MplsLabel(int Value, byte TrafficClass = 0, byte? TimeToLive = null);
