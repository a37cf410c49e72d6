namespace Wiretrue.Headers;

/// <summary>
/// What a network does with UDP ports that nobody assigned: tunnels that were moved there, and FOU, which has no port of its own.
/// </summary>
/// <remarks>
/// Foo over UDP (<c>net/ipv4/fou_core.c</c>) has no header: what follows UDP is an IP protocol that only the two ends agreed on. Nothing in the
/// bytes tells it from anything else, so the walk takes it only when told. It is believed as far as the bytes allow it to be.
/// </remarks>
public sealed class TunnelPorts
{
    private readonly (ushort Port, LayerKind Header)[] _ports;

    private TunnelPorts((ushort Port, LayerKind Header)[] ports) => _ports = ports;

    /// <summary>The assigned ports alone: VXLAN 4789 (and Linux's 8472), VXLAN-GPE 4790, GUE 6080, Geneve 6081, MPLS 6635, GTP-U 2152.</summary>
    public static TunnelPorts Assigned { get; } = new([]);

    /// <summary>These ports and one more, or one that means something else now; the instance itself stays as it is.</summary>
    /// <param name="port">UDP destination port.</param>
    /// <param name="header">
    /// What follows UDP there: a tunnel's header (<see cref="LayerKind.Vxlan"/>, <see cref="LayerKind.VxlanGpe"/>,
    /// <see cref="LayerKind.Geneve"/>, <see cref="LayerKind.Gue"/>, <see cref="LayerKind.GtpU"/>, <see cref="LayerKind.Mpls"/>); in FOU
    /// <see cref="LayerKind.IPv4"/>, <see cref="LayerKind.IPv6"/> or <see cref="LayerKind.Gre"/>; or
    /// <see cref="LayerKind.Payload"/>, for an assigned port that is no tunnel here.
    /// </param>
    /// <exception cref="ArgumentException">The header is none of these.</exception>
    public TunnelPorts With(ushort port, LayerKind header)
    {
        bool fits = header is LayerKind.Vxlan or LayerKind.VxlanGpe or LayerKind.Geneve or LayerKind.Gue or LayerKind.GtpU or LayerKind.Mpls
            or LayerKind.IPv4 or LayerKind.IPv6 or LayerKind.Gre or LayerKind.Payload;
        if (!fits)
            Throw.Argument(nameof(header), $"{header} never follows UDP.");
        return new TunnelPorts([(port, header), .. _ports.Where(p => p.Port != port)]);
    }

    /// <summary>What follows UDP at <paramref name="port"/>; <paramref name="otherwise"/> when nothing was told of it.</summary>
    internal LayerKind Find(ushort port, LayerKind otherwise)
    {
        foreach ((ushort told, LayerKind header) in _ports)
        {
            if (told == port)
                return header;
        }
        return otherwise;
    }
}
