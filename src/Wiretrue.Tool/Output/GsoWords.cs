using Wiretrue.Packets;

namespace Wiretrue.Tool.Output;

/// <summary>How a super-frame is to be cut, in words.</summary>
internal static class GsoWords
{
    private static readonly (GsoType Type, string Words)[] Known =
    [
        (GsoType.TcpV4, "TCP over IPv4"),
        (GsoType.TcpV6, "TCP over IPv6"),
        (GsoType.UdpL4, "UDP into datagrams"),
        (GsoType.UdpFragmentation, "UDP into IP fragments"),
        (GsoType.Sctp, "SCTP at its chunks"),
        (GsoType.UdpTunnel, "in a UDP tunnel without a checksum"),
        (GsoType.UdpTunnelChecksum, "in a UDP tunnel with a checksum"),
        (GsoType.Gre, "in GRE"),
        (GsoType.GreChecksum, "in GRE with a checksum"),
        (GsoType.IPXIP4, "in IPv4"),
        (GsoType.IPXIP6, "in IPv6"),
        (GsoType.Esp, "in ESP"),
        (GsoType.TcpEcn, "CWR in the first segment alone"),
        (GsoType.TcpAccurateEcn, "CWR in every segment"),
        (GsoType.TcpFixedId, "the same IPv4 ID in all"),
        (GsoType.TcpFixedIdInner, "the same inner IPv4 ID in all"),
        (GsoType.Dodgy, "from a source that is not trusted"),
        (GsoType.Partial, "with outer headers of one segment"),
        (GsoType.TunnelRemoteChecksum, "with the inner checksum left to the receiver"),
        (GsoType.FragmentList, "along its fragment list"),
    ];

    /// <summary>The names of the flags in JSON's casing.</summary>
    public static IEnumerable<string> Json(GsoType type) => Known.Where(each => (type & each.Type) != 0).Select(each => JsonWords.Of(each.Type));

    /// <summary>As a sentence has them.</summary>
    public static string Of(GsoType type) => string.Join(", ", Known.Where(each => (type & each.Type) != 0).Select(each => each.Words));
}
