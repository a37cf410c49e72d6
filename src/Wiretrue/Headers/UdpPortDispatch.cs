using System.Runtime.CompilerServices;

namespace Wiretrue.Headers;

/// <summary>Which tunnel header follows a UDP destination port. A port is a hint only: the header must be a possible one.</summary>
internal static class UdpPortDispatch
{
    private const ushort GtpU = 2152;
    private const ushort Vxlan = 4789;
    private const ushort VxlanGpe = 4790;
    private const ushort Gue = 6080;
    private const ushort Geneve = 6081;
    private const ushort MplsInUdp = 6635;

    /// <summary>What Linux used before the port was assigned, and its default still (<c>vxlan_port</c>).</summary>
    private const ushort LinuxVxlan = 8472;

    /// <summary>The header in <paramref name="content"/>, or <see cref="LayerKind.Payload"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LayerKind Next(ushort destinationPort, ReadOnlySpan<byte> content, ref readonly HeaderCursor cursor)
    {
        LayerKind header = HeaderAt(destinationPort, cursor.TunnelPorts);
        if (header == LayerKind.Payload)
            return LayerKind.Payload;
        header = IfPossible(header, content);
        return header == LayerKind.Payload ? cursor.Unrecognized() : header;
    }

    /// <summary>What the port alone says to follow; <see cref="LayerKind.Payload"/> for no tunnel.</summary>
    /// <param name="destinationPort">The UDP destination port.</param>
    /// <param name="told">What was told of ports; commonly nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LayerKind HeaderAt(ushort destinationPort, TunnelPorts? told)
    {
        LayerKind header = destinationPort switch
        {
            Vxlan or LinuxVxlan => LayerKind.Vxlan,
            VxlanGpe => LayerKind.VxlanGpe,
            Gue => LayerKind.Gue,
            Geneve => LayerKind.Geneve,
            GtpU => LayerKind.GtpU,
            MplsInUdp => LayerKind.Mpls,
            _ => LayerKind.Payload,
        };
        return told is null ? header : told.Find(destinationPort, header);
    }

    private static LayerKind IfPossible(LayerKind header, ReadOnlySpan<byte> content)
    {
        bool isPossible = header switch
        {
            LayerKind.Vxlan => VxlanHeader.TryCreate(content, out _),
            LayerKind.VxlanGpe => VxlanGpeHeader.TryCreate(content, out _),
            LayerKind.Geneve => GeneveHeader.TryCreate(content, out _),
            LayerKind.GtpU => GtpUHeader.TryCreate(content, out _),
            LayerKind.Mpls => MplsHeader.IsPlausibleStack(content),
            LayerKind.IPv4 => IPv4Header.TryCreate(content, out _),
            LayerKind.IPv6 => IPv6Header.TryCreate(content, out _),
            LayerKind.Gre => GreHeader.TryCreate(content, out _),
            _ => false,
        };
        if (header == LayerKind.Gue)
            return GueHeader.First(content);
        return isPossible ? header : LayerKind.Payload;
    }
}
