using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Goes on with the walk inside an ESP that is not encrypted yet: its sender knows what it carries, where no walk could.</summary>
/// <remarks>
/// <code>
///   transport mode   [ IP │ ESP │ IV │ TCP │ payload ]
///   tunnel mode      [ IP │ ESP │ IV │ IP │ TCP │ payload ]
///                           └ Esp ───┘
/// </code>
/// </remarks>
internal static class EspLayout
{
    private const int MostHeaders = 256;
    private const int IPv4ProtocolOffset = 9;
    private const int IPv6NextHeaderOffset = 6;

    /// <summary>
    /// Adds the ESP and what is in it to the packet's layout; false when there is no ESP, or not what the packet's state says of it.
    /// </summary>
    /// <param name="packet">A packet that was walked.</param>
    /// <param name="esp">Where the ESP header begins.</param>
    public static bool TryExtend(Packet packet, out int esp)
    {
        esp = 0;
        ref PacketLayout layout = ref packet.Layout;
        int last = layout.Count - 1;
        if (last < 1 || layout[last].Kind != LayerKind.Payload || NextOf(packet.Linear, layout[last - 1]) != IPProtocol.Esp)
            return false;
        Layer content = layout[last];
        int headerLength = EspHeader.Size + packet.Offload.EspIVLength;
        if (content.Length < headerLength || content.Offset + headerLength > packet.LinearLength)
            return false;

        esp = content.Offset;
        PacketLayout whole = layout;
        if (!TryBuild(packet, content, headerLength, ref whole))
        {
            if (packet.IsLinear || !packet.EnsureLinear(Math.Min(packet.Length, esp + headerLength + MostHeaders)))
                return false;
            // The inner headers were in the parts behind the linear area.
            if (!TryBuild(packet, content, headerLength, ref whole))
                return false;
        }
        layout = whole;
        return true;
    }

    private static bool TryBuild(Packet packet, in Layer content, int headerLength, ref PacketLayout whole)
    {
        int count = packet.Layout.Count - 1;
        whole.Clear();
        for (int i = 0; i < count; i++)
            whole.TryAdd(packet.Layout[i]);
        whole.TryAdd(new Layer(LayerKind.Esp, LengthSource.Enclosing, (ushort)headerLength, content.Offset, content.Length));
        return TryAddContent(packet, content.Offset + headerLength, content.End, ref whole);
    }

    private static bool TryAddContent(Packet packet, int offset, int end, ref PacketLayout whole)
    {
        ReadOnlySpan<byte> bytes = packet.Linear[offset..];
        switch (packet.Offload.EspNextHeader)
        {
            case IPProtocol.Tcp when TcpHeader.TryCreate(bytes, out TcpHeader tcp):
                return whole.TryAdd(new Layer(LayerKind.Tcp, LengthSource.Enclosing, (ushort)tcp.HeaderLength, offset, end - offset));
            case IPProtocol.Udp when UdpHeader.TryCreate(bytes, out _):
                return whole.TryAdd(new Layer(LayerKind.Udp, LengthSource.Enclosing, UdpHeader.Size, offset, end - offset));
            case IPProtocol.IPv4:
            case IPProtocol.IPv6:
                var inner = default(PacketLayout);
                PacketWalk.Walk(bytes, end - offset, LinkType.Raw, ref inner);
                for (int i = 0; i < inner.Count; i++)
                    whole.TryAdd(inner[i] with { Offset = inner[i].Offset + offset });
                return !inner.Fault.IsFault;
            default:
                return false;
        }
    }

    /// <summary>What a header says follows it.</summary>
    private static IPProtocol NextOf(ReadOnlySpan<byte> packet, in Layer layer) => layer.Kind switch
    {
        LayerKind.IPv4 => (IPProtocol)packet[layer.Offset + IPv4ProtocolOffset],
        LayerKind.IPv6 => (IPProtocol)packet[layer.Offset + IPv6NextHeaderOffset],
        LayerKind.IPv6HopByHop or LayerKind.IPv6DestinationOptions or LayerKind.IPv6Routing => (IPProtocol)packet[layer.Offset],
        _ => IPProtocol.NoNextHeader,
    };
}
