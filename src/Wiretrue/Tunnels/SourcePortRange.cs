namespace Wiretrue.Tunnels;

/// <summary>The source ports that a UDP tunnel may send from (<c>udp_flow_src_port</c>, net/udp.h).</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">
/// The one behind the last: as in Linux it is never taken itself. When it is not above <paramref name="First"/>, every flow has
/// <paramref name="First"/>.
/// </param>
/// <remarks>
/// <c>default</c> is <see cref="Ephemeral"/>, as 0 and 0 are in Linux. RFC 7348 5 and RFC 8085 5.1.1 recommend the ephemeral ports.
/// </remarks>
public readonly record struct SourcePortRange(ushort First, ushort Last)
{
    /// <summary>What Linux draws from, unless it is told otherwise (<c>net.ipv4.ip_local_port_range</c>): 32768 to 60998.</summary>
    public static SourcePortRange Ephemeral { get; } = new(32768, 60999);

    /// <summary>All but 0 and the last, which Linux draws from for Geneve (<c>geneve_xmit_skb</c>): 1 to 65534.</summary>
    public static SourcePortRange All { get; } = new(1, ushort.MaxValue);

    /// <summary>The one port.</summary>
    public static SourcePortRange Only(ushort port) => new(port, port);

    /// <summary>A flow's port.</summary>
    /// <param name="flow">What <see cref="FlowHash"/> makes of the flow.</param>
    public ushort PortOf(uint flow)
    {
        SourcePortRange range = this == default ? Ephemeral : this;
        if (range.Last <= range.First)
            return range.First;
        // The port is made of the upper bits; as in Linux the lower ones are mixed in, and the number itself is not seen on the wire.
        flow ^= flow << 16;
        return (ushort)(range.First + (uint)(((ulong)flow * (uint)(range.Last - range.First)) >> 32));
    }
}
