using System.Runtime.CompilerServices;

namespace Wiretrue.Headers;

/// <summary>Which tunnel header follows a UDP destination port. A port is a hint only: the header must be a possible one.</summary>
internal static class UdpPortDispatch
{
    private const ushort GtpU = 2152;
    private const ushort Vxlan = 4789;
    private const ushort VxlanGpe = 4790;
    private const ushort Geneve = 6081;

    /// <summary>What Linux used before the port was assigned, and its default still (<c>vxlan_port</c>).</summary>
    private const ushort LinuxVxlan = 8472;

    /// <summary>The tunnel header in <paramref name="content"/>, or <see cref="LayerKind.Payload"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LayerKind Next(ushort destinationPort, ReadOnlySpan<byte> content) => destinationPort switch
    {
        Vxlan or LinuxVxlan => VxlanHeader.TryCreate(content, out _) ? LayerKind.Vxlan : LayerKind.Payload,
        VxlanGpe => VxlanGpeHeader.TryCreate(content, out _) ? LayerKind.VxlanGpe : LayerKind.Payload,
        Geneve => GeneveHeader.TryCreate(content, out _) ? LayerKind.Geneve : LayerKind.Payload,
        GtpU => GtpUHeader.TryCreate(content, out _) ? LayerKind.GtpU : LayerKind.Payload,
        _ => LayerKind.Payload,
    };
}
