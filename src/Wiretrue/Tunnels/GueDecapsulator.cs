using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes IP packets out of GUE, of either variant (<c>gue_udp_recv</c>, net/ipv4/fou_core.c).</summary>
internal sealed class GueDecapsulator : UdpDecapsulator
{
    private const byte ControlFlag = 0x20;
    private const ushort PrivateFlags = 0x0001;
    private const uint RemoteChecksum = 0x80000000;

    private readonly GueTunnel _tunnel;

    public GueDecapsulator(GueTunnel tunnel)
        : base(tunnel) => _tunnel = tunnel;

    private protected override Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        if (outer.End - offset < GueHeader.MinimumSize || !packet.EnsureLinear(offset + GueHeader.MinimumSize))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Gue, offset);
        byte first = packet.Linear[offset];
        return (first >> 6) switch
        {
            0 => OpenVariant0(packet, outer, offset, ref checksums),
            1 => OpenVariant1(packet, outer, offset, ref checksums),
            _ => new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Gue, offset),
        };
    }

    private static Decapsulation OpenVariant1(Packet packet, in OuterPacket outer, int inside, ref LayerChecksums checksums)
    {
        Decapsulation fault = InnerIP.Check(packet, inside, outer.End, LayerKind.None);
        return fault.IsDone ? Leave(packet, outer, inside, LinkType.Raw, ref checksums, default) : fault;
    }

    private Decapsulation OpenVariant0(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums)
    {
        int length = GueHeader.MinimumSize + ((packet.Linear[offset] & 0x1F) << 2);
        if (outer.End - offset < length || !packet.EnsureLinear(offset + length))
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.Gue, offset);
        ReadOnlySpan<byte> header = packet.Linear.Slice(offset, length);
        int inside = offset + length;
        Decapsulation fault = CheckFlags(header, offset, inside, out RemoteChecksumRequest? remote);
        if (!fault.IsDone)
            return fault;
        if ((header[0] & ControlFlag) != 0)
            return new Decapsulation(DecapsulationFault.ControlMessage, LayerKind.Gue, offset);
        LayerKind content = (IPProtocol)header[1] switch
        {
            IPProtocol.IPv4 => LayerKind.IPv4,
            IPProtocol.IPv6 => LayerKind.IPv6,
            _ => LayerKind.None,
        };
        if (content == LayerKind.None)
            return new Decapsulation(DecapsulationFault.UnknownContent, LayerKind.Gue, offset + 1);
        fault = InnerIP.Check(packet, inside, outer.End, content);
        if (!fault.IsDone)
            return fault;
        DecapsulationFault refused = remote is { } request ? Judge(packet, outer, request, _tunnel.RemoteChecksum) : DecapsulationFault.None;
        return refused == DecapsulationFault.None
            ? Leave(packet, outer, inside, LinkType.Raw, ref checksums, default, remote, _tunnel.RemoteChecksum.IsEager)
            : new Decapsulation(refused, LayerKind.Gue, offset + GueHeader.MinimumSize + sizeof(uint));
    }

    /// <summary>Flags that are not known, and options that do not fit, drop the packet (<c>validate_gue_flags</c>).</summary>
    private Decapsulation CheckFlags(ReadOnlySpan<byte> header, int offset, int inside, out RemoteChecksumRequest? remote)
    {
        remote = null;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        if ((flags & ~PrivateFlags) != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Gue, offset + 2);
        if (flags == 0)
            return default;
        ReadOnlySpan<byte> options = header[GueHeader.MinimumSize..];
        if (options.Length < sizeof(uint))
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.Gue, offset);
        uint privateFlags = BinaryPrimitives.ReadUInt32BigEndian(options);
        if ((privateFlags & ~(_tunnel.RemoteChecksum.Receive ? RemoteChecksum : 0)) != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Gue, offset + GueHeader.MinimumSize);
        if (privateFlags == 0)
            return default;
        if (options.Length < 2 * sizeof(uint))
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.Gue, offset);
        remote = new RemoteChecksumRequest(
            inside + BinaryPrimitives.ReadUInt16BigEndian(options[4..]), inside + BinaryPrimitives.ReadUInt16BigEndian(options[6..]));
        return default;
    }
}
