namespace Wiretrue.Headers;

/// <summary>
/// What a tunnel's header asks of its receiver by remote checksum offload: to complete a checksum further in, which was sent half-made.
/// </summary>
/// <param name="Start">Where to sum from, in bytes from the packet's first.</param>
/// <param name="Field">Where to store the checksum, in bytes from the packet's first; it holds the pseudo-header's sum.</param>
/// <remarks>
/// draft-herbert-remotecsumoffload: the outer checksum protects the payload, and covers the inner field as it was sent. VXLAN and GUE have
/// it, see <see cref="VxlanHeader.HasRemoteChecksum"/> and <see cref="GueHeader.HasRemoteChecksum"/>.
/// </remarks>
public readonly record struct RemoteChecksumRequest(int Start, int Field)
{
    /// <summary>Reads it from the header of <paramref name="layer"/>; false when that asks for nothing.</summary>
    /// <param name="packet">The packet's bytes.</param>
    /// <param name="layer">A layer of its walk.</param>
    /// <param name="request">What is asked; it need not make sense.</param>
    public static bool TryRead(ReadOnlySpan<byte> packet, in Layer layer, out RemoteChecksumRequest request)
    {
        int end = layer.ContentOffset;
        if (layer.Kind == LayerKind.Vxlan && VxlanHeader.TryCreate(packet[layer.Offset..], out VxlanHeader vxlan) && vxlan.HasRemoteChecksum)
        {
            request = new RemoteChecksumRequest(end + vxlan.RemoteChecksumStart, end + vxlan.RemoteChecksumOffset);
            return true;
        }
        if (layer.Kind == LayerKind.Gue && GueHeader.TryCreate(packet[layer.Offset..], out GueHeader gue) && gue.HasRemoteChecksum)
        {
            request = new RemoteChecksumRequest(end + gue.RemoteChecksumStart, end + gue.RemoteChecksumOffset);
            return true;
        }
        request = default;
        return false;
    }

    /// <summary>True when a header before the transport layer at <paramref name="transport"/> asks for that layer's checksum.</summary>
    public static bool IsFor(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport)
    {
        ref readonly Layer wanted = ref layout[transport];
        for (int i = transport - 1; i > layout.OuterTransport; i--)
        {
            if (TryRead(packet, layout[i], out RemoteChecksumRequest request))
                return request.Start == wanted.Offset && request.Field == wanted.Offset + TransportChecksum.FieldOffset(wanted.Kind);
        }
        return false;
    }
}
