using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts Ethernet frames and IP packets into Geneve (<c>geneve_build_skb</c>, drivers/net/geneve.c).</summary>
internal sealed class GeneveEncapsulator : UdpEncapsulator
{
    private const int EtherTypeOffset = 2;
    private const int MaxOptions = 63 * 4;

    private readonly HeaderTemplate _template;

    public GeneveEncapsulator(GeneveTunnel tunnel)
        : base(tunnel)
    {
        CheckNetworkIdentifier(tunnel.NetworkIdentifier);
        ReadOnlySpan<byte> options = tunnel.Options.AsSpan();
        byte[] header = [.. new byte[GeneveHeader.MinimumSize], .. options];
        new GeneveHeaderFields(header.Length, false, AnyCritical(options), EtherType.TransparentEthernetBridging, tunnel.NetworkIdentifier)
            .Write(header);
        _template = TemplateWith(header);
        HeaderRoom = _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        template = _template;
        return inner.IsFrame || inner.Type != LayerKind.None ? DropReason.None : DropReason.TunnelInnerUnsupported;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner)
    {
        if (!inner.IsFrame)
        {
            EtherType type = inner.Type == LayerKind.IPv4 ? EtherType.IPv4 : EtherType.IPv6;
            BinaryPrimitives.WriteUInt16BigEndian(packet.Linear[(offset + EtherTypeOffset)..], (ushort)type);
        }
        return GsoType.None;
    }

    private static bool AnyCritical(ReadOnlySpan<byte> options)
    {
        bool isCritical = false;
        var reader = new GeneveOptionReader(options);
        while (reader.Read())
            isCritical |= reader.Kind.IsCritical;
        if (reader.IsMalformed || options.Length > MaxOptions)
            Throw.Argument(nameof(options), "The options must be whole ones, 252 bytes at the most.");
        return isCritical;
    }
}
