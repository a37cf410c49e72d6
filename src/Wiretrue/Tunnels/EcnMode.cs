namespace Wiretrue.Tunnels;

/// <summary>What of the inner congestion notification is shown outside, when a packet goes into a tunnel.</summary>
public enum EcnMode : byte
{
    /// <summary>
    /// All but that congestion was seen: the outer header begins anew, with ECT(0) (<c>INET_ECN_encapsulate</c>). RFC 3168 9.1.1, "full
    /// functionality", is what Linux does.
    /// </summary>
    FullFunctionality,

    /// <summary>All of it, so that congestion along the whole path is seen in the tunnel: the normal mode of RFC 6040 4.1.</summary>
    Normal,

    /// <summary>
    /// Nothing: routers drop where they would have marked. For a far end that does not hand the marks on: the compatibility mode of
    /// RFC 6040 4.1.
    /// </summary>
    Compatibility,
}
