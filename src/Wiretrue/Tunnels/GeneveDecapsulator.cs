using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes Ethernet frames and IP packets out of Geneve (<c>geneve_udp_encap_recv</c>, drivers/net/geneve.c).</summary>
internal sealed class GeneveDecapsulator : UdpDecapsulator
{
    private const byte Control = 0x80;
    private const byte Critical = 0x40;

    private readonly GeneveTunnel _tunnel;

    public GeneveDecapsulator(GeneveTunnel tunnel)
        : base(tunnel) => _tunnel = tunnel;

    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        if (outer.End - offset < GeneveHeader.MinimumSize || !packet.EnsureLinear(offset + GeneveHeader.MinimumSize))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Geneve, offset);
        int length = GeneveHeader.MinimumSize + ((packet.Linear[offset] & 0x3F) << 2);
        if (outer.End - offset < length || !packet.EnsureLinear(offset + length))
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.Geneve, offset);
        ReadOnlySpan<byte> header = packet.Linear.Slice(offset, length);
        if (header[0] >> 6 != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Geneve, offset);
        // Whom a control message is for does not hand its content on (RFC 8926 3.4).
        if ((header[1] & Control) != 0)
            return new Decapsulation(DecapsulationFault.ControlMessage, LayerKind.Geneve, offset + 1);
        int identifier = (header[4] << 16) | (header[5] << 8) | header[6];
        if (identifier != _tunnel.NetworkIdentifier && !_tunnel.IsExternal)
            return new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.Geneve, offset + 4);
        Decapsulation fault = CheckOptions(header, offset);
        if (!fault.IsDone)
            return fault;

        int inside = offset + length;
        var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        fault = type switch
        {
            EtherType.TransparentEthernetBridging => InnerFrame.Check(packet, inside, outer.End),
            EtherType.IPv4 => InnerIP.Check(packet, inside, outer.End, LayerKind.IPv4),
            EtherType.IPv6 => InnerIP.Check(packet, inside, outer.End, LayerKind.IPv6),
            _ => new Decapsulation(DecapsulationFault.UnknownContent, LayerKind.Geneve, offset + 2),
        };
        if (!fault.IsDone)
            return fault;
        LinkType linkType = type == EtherType.TransparentEthernetBridging ? LinkType.Ethernet : LinkType.Raw;
        var metadata = default(Decapsulation) with { NetworkIdentifier = identifier, HasCriticalOptions = (header[1] & Critical) != 0 };
        return Leave(packet, outer, inside, linkType, ref checksums, metadata);
    }

    /// <summary>An option that is critical and not known changes what the packet means: it is dropped (RFC 8926 3.5).</summary>
    private Decapsulation CheckOptions(ReadOnlySpan<byte> header, int offset)
    {
        bool hasCritical = (header[1] & Critical) != 0;
        var reader = new GeneveOptionReader(header[GeneveHeader.MinimumSize..]);
        while (reader.Read())
        {
            // The header's bit spares a look at each option; it may be missing where an option says so of itself.
            if (reader.Kind.IsCritical && !_tunnel.IsExternal && !_tunnel.KnownOptions.Contains(reader.Kind))
                return new Decapsulation(DecapsulationFault.CriticalOption, LayerKind.Geneve, offset + GeneveHeader.MinimumSize + reader.Offset);
            hasCritical &= !reader.Kind.IsCritical;
        }
        if (reader.IsMalformed)
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.Geneve, offset + GeneveHeader.MinimumSize + reader.Offset);
        // One is announced, and none is there: nobody can have understood it.
        return hasCritical && !_tunnel.IsExternal ? new Decapsulation(DecapsulationFault.CriticalOption, LayerKind.Geneve, offset + 1) : default;
    }
}
