using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes Ethernet frames out of VXLAN (<c>vxlan_rcv</c>, drivers/net/vxlan/vxlan_core.c).</summary>
/// <remarks>
/// RFC 7348 5 has a receiver ignore reserved bits. Linux drops packets with any that it was not told of, and so do we: an extension that the
/// sender means changes what is inside.
/// </remarks>
internal sealed class VxlanDecapsulator : UdpDecapsulator
{
    private const uint VniValid = 0x08000000;
    private const uint RemoteChecksum = 0x00200000;
    private const uint GroupPolicyValid = 0x80000000;
    private const uint DontLearn = 0x00400000;
    private const uint PolicyApplied = 0x00080000;

    /// <summary><c>VXLAN_GBP_USED_BITS</c>.</summary>
    private const uint PolicyBits = GroupPolicyValid | 0x00FFFFFF;
    private const uint RemoteIsUdp = 0x80;
    private const uint RemoteStart = 0x7F;

    private readonly VxlanTunnel _tunnel;
    private readonly uint _knownFlags;

    public VxlanDecapsulator(VxlanTunnel tunnel)
        : base(tunnel)
    {
        _tunnel = tunnel;
        _knownFlags = VniValid | (tunnel.RemoteChecksum.Receive ? RemoteChecksum : 0) | (tunnel.GroupPolicy is null ? 0 : PolicyBits);
    }

    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        if (outer.End - offset < VxlanHeader.Size || !packet.EnsureLinear(offset + VxlanHeader.Size))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Vxlan, offset);
        ReadOnlySpan<byte> header = packet.Linear.Slice(offset, VxlanHeader.Size);
        uint flags = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint network = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if ((flags & VniValid) == 0 || (flags & ~_knownFlags) != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Vxlan, offset);
        if ((byte)network != 0 && !_tunnel.RemoteChecksum.Receive)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Vxlan, offset + 7);
        int identifier = (int)(network >> 8);
        if (identifier != _tunnel.NetworkIdentifier && !_tunnel.IsExternal)
            return new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.Vxlan, offset + 4);
        int inside = offset + VxlanHeader.Size;
        Decapsulation fault = InnerFrame.Check(packet, inside, outer.End);
        if (!fault.IsDone)
            return fault;
        // With group policy the flag's bit is let through, and means nothing by itself.
        bool isLeft = (flags & RemoteChecksum) != 0 && _tunnel.RemoteChecksum.Receive;
        RemoteChecksumRequest? remote = isLeft ? RequestOf(network, inside) : null;
        DecapsulationFault refused = remote is { } request ? Judge(packet, outer, request, _tunnel.RemoteChecksum) : DecapsulationFault.None;
        if (refused != DecapsulationFault.None)
            return new Decapsulation(refused, LayerKind.Vxlan, offset + 7);
        var metadata = default(Decapsulation) with { NetworkIdentifier = identifier, GroupPolicy = PolicyOf(flags) };
        return Leave(packet, outer, inside, LinkType.Ethernet, ref checksums, metadata, remote, _tunnel.RemoteChecksum.IsEager);
    }

    private static RemoteChecksumRequest RequestOf(uint network, int inside)
    {
        int start = inside + (int)((network & RemoteStart) << 1);
        return new RemoteChecksumRequest(start, start + ((network & RemoteIsUdp) != 0 ? UdpHeader.ChecksumOffset : TcpHeader.ChecksumOffset));
    }

    private static GroupPolicy PolicyOf(uint flags) => (flags & GroupPolicyValid) == 0
        ? default
        : new GroupPolicy((ushort)flags, (flags & DontLearn) != 0, (flags & PolicyApplied) != 0);
}
