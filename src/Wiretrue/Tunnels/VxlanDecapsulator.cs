using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes Ethernet frames out of VXLAN (<c>vxlan_rcv</c>, drivers/net/vxlan/vxlan_core.c).</summary>
internal sealed class VxlanDecapsulator : UdpDecapsulator
{
    private const uint VniValid = 0x08000000;

    private readonly VxlanTunnel _tunnel;

    public VxlanDecapsulator(VxlanTunnel tunnel)
        : base(tunnel) => _tunnel = tunnel;

    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        if (outer.End - offset < VxlanHeader.Size || !packet.EnsureLinear(offset + VxlanHeader.Size))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Vxlan, offset);
        ReadOnlySpan<byte> header = packet.Linear.Slice(offset, VxlanHeader.Size);
        uint network = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(header) != VniValid || (byte)network != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Vxlan, offset);
        int identifier = (int)(network >> 8);
        if (identifier != _tunnel.NetworkIdentifier && !_tunnel.IsExternal)
            return new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.Vxlan, offset + 4);
        int inside = offset + VxlanHeader.Size;
        if (outer.End - inside < EthernetHeader.Size)
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Ethernet, inside);
        return Leave(packet, outer, inside, LinkType.Ethernet, ref checksums, default(Decapsulation) with { NetworkIdentifier = identifier });
    }
}
