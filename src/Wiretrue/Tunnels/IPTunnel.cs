namespace Wiretrue.Tunnels;

/// <summary>
/// IP in IP: IPIP, SIT (6in4), 4in6 and 6in6, by the families of what is inside and outside (<c>net/ipv4/ipip.c</c>, <c>net/ipv6/sit.c</c>,
/// <c>net/ipv6/ip6_tunnel.c</c>, in the mode <c>any</c>).
/// </summary>
/// <remarks>RFC 2003, RFC 4213, RFC 2473.</remarks>
public sealed record IPTunnel : NetworkTunnel
{
    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new IPEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new IPDecapsulator(this);
}
