namespace Wiretrue.Tunnels;

/// <summary>GRE of version 0, over IPv4 or IPv6 (<c>net/ipv4/ip_gre.c</c>, <c>net/ipv6/ip6_gre.c</c>).</summary>
/// <remarks>RFC 2784, RFC 2890, RFC 7676.</remarks>
public sealed record GreTunnel : NetworkTunnel
{
    /// <summary>It carries Ethernet frames (<c>gretap</c>), and not IP packets.</summary>
    public bool IsBridge { get; init; }

    /// <summary>Tells this tunnel from others between the same ends; null for none (<c>key</c>).</summary>
    public uint? Key { get; init; }

    /// <summary>What is sent has a checksum, and what comes must have one (<c>csum</c>).</summary>
    public bool HasChecksum { get; init; }

    /// <summary>
    /// What is sent is numbered, and what comes must be, and not be older than what came before (<c>seq</c>). A super-frame cannot be: it
    /// is cut first.
    /// </summary>
    public bool HasSequence { get; init; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new GreEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new GreDecapsulator(this);
}
