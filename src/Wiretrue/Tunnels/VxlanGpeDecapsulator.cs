using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes Ethernet frames and IP packets out of VXLAN-GPE (<c>vxlan_parse_gpe_proto</c>).</summary>
internal sealed class VxlanGpeDecapsulator : UdpDecapsulator
{
    private const byte VniValid = 0x08;
    private const byte NextProtocolValid = 0x04;
    private const byte Oam = 0x01;
    private const byte Version = 0x30;

    private readonly VxlanGpeTunnel _tunnel;

    public VxlanGpeDecapsulator(VxlanGpeTunnel tunnel)
        : base(tunnel) => _tunnel = tunnel;

    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        if (outer.End - offset < VxlanGpeHeader.Size || !packet.EnsureLinear(offset + VxlanGpeHeader.Size))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.VxlanGpe, offset);
        ReadOnlySpan<byte> header = packet.Linear.Slice(offset, VxlanGpeHeader.Size);
        if ((header[0] & Oam) != 0)
            return new Decapsulation(DecapsulationFault.ControlMessage, LayerKind.VxlanGpe, offset);
        // Without a next protocol Linux would take it for plain VXLAN, which this port is not for.
        const byte Needed = VniValid | NextProtocolValid;
        if ((header[0] & (Needed | Version)) != Needed || (header[0] & ~(Needed | Version)) != 0 || (header[1] | header[2]) != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.VxlanGpe, offset);
        int identifier = (header[4] << 16) | (header[5] << 8) | header[6];
        if (identifier != _tunnel.NetworkIdentifier && !_tunnel.IsExternal)
            return new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.VxlanGpe, offset + 4);

        int inside = offset + VxlanGpeHeader.Size;
        byte protocol = header[3];
        if (protocol is not (VxlanGpeProtocol.Ethernet or VxlanGpeProtocol.IPv4 or VxlanGpeProtocol.IPv6))
            return new Decapsulation(DecapsulationFault.UnknownContent, LayerKind.VxlanGpe, offset + 3);
        bool isFrame = protocol == VxlanGpeProtocol.Ethernet;
        Decapsulation fault = isFrame
            ? InnerFrame.Check(packet, inside, outer.End)
            : InnerIP.Check(packet, inside, outer.End, protocol == VxlanGpeProtocol.IPv4 ? LayerKind.IPv4 : LayerKind.IPv6);
        if (!fault.IsDone)
            return fault;
        var metadata = default(Decapsulation) with { NetworkIdentifier = identifier };
        return Leave(packet, outer, inside, isFrame ? LinkType.Ethernet : LinkType.Raw, ref checksums, metadata);
    }
}
