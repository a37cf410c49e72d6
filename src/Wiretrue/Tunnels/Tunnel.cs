using System.Net;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tunnels;

/// <summary>
/// What one end of a tunnel is set to: the addresses and the fields of the outer IP header (<c>struct ip_tunnel_key</c>,
/// net/ip_tunnels.h). Each kind of tunnel adds its own.
/// </summary>
/// <remarks>A value that never changes: what works by it is made of it once.</remarks>
public abstract record Tunnel
{
    private static readonly FlowHash OfProcess = FlowHash.WithRandomKey();

    /// <summary>This end's address: source of what is sent, destination of what is received.</summary>
    public required IPAddress Local { get; init; }

    /// <summary>The other end's address, of the same family.</summary>
    public required IPAddress Remote { get; init; }

    /// <summary>
    /// The Ethernet header before the outer IP header, of which the addresses count; null when what is sent begins with IP
    /// (<see cref="Headers.LinkType.Raw"/>).
    /// </summary>
    public EthernetHeaderFields? Link { get; init; }

    /// <summary>
    /// Time to live or hop limit; null for the inner packet's (<c>ttl inherit</c>), or 64 where that is not IP.
    /// </summary>
    public byte? TimeToLive { get; init; } = DefaultTimeToLive;

    /// <summary>Type of service or traffic class, of which DSCP counts; null for the inner packet's (<c>tos inherit</c>).</summary>
    public byte? TypeOfService { get; init; } = 0;

    /// <summary>Flow label of an outer IPv6 header, 20 bits, where <see cref="FlowLabelMode"/> has it fixed.</summary>
    public int FlowLabel { get; init; }

    /// <summary>Where the flow label comes from.</summary>
    public FlowLabelMode FlowLabelMode { get; init; }

    /// <summary>
    /// How long an outer IP packet may be on its way to the other end, in bytes; 0 when that is not known, and nothing is refused. What is
    /// refused, <see cref="Encapsulator.FittingMtu"/> tells.
    /// </summary>
    public int PathMtu { get; init; }

    /// <summary>Whether an outer IPv4 header says "don't fragment".</summary>
    public DontFragment DontFragment { get; init; }

    /// <summary>
    /// Whatever addresses and identifier a packet comes with, it is received (<c>external</c>, <c>collect_md</c>); the
    /// <see cref="Decapsulation"/> tells which it had.
    /// </summary>
    public bool IsExternal { get; init; }

    /// <summary>What of the inner congestion notification is shown outside.</summary>
    public EcnMode Ecn { get; init; }

    /// <summary>What makes numbers of flows, for source ports and their like; one for the whole process, unless it is given.</summary>
    public FlowHash FlowHash { get; init; } = OfProcess;

    /// <summary>What Linux sends with (<c>net.ipv4.ip_default_ttl</c>).</summary>
    internal const byte DefaultTimeToLive = 64;

    /// <summary>Makes what puts packets into the tunnel. It is for one thread.</summary>
    /// <exception cref="ArgumentException">The settings contradict one another: addresses of two families, say.</exception>
    public abstract Encapsulator CreateEncapsulator();

    /// <summary>Makes what takes packets out of the tunnel.</summary>
    /// <exception cref="ArgumentException">The settings contradict one another.</exception>
    public abstract Decapsulator CreateDecapsulator();
}
