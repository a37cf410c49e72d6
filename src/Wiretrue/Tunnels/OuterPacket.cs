using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The outer IP header of a packet that comes out of a tunnel.</summary>
/// <param name="IsIPv4">IPv4, and not IPv6.</param>
/// <param name="NetworkOffset">Where it begins.</param>
/// <param name="TransportOffset">Where what it carries begins.</param>
/// <param name="End">One past the last byte of the IP packet: what follows is padding.</param>
/// <param name="Protocol">What it carries.</param>
internal readonly record struct OuterPacket(bool IsIPv4, int NetworkOffset, int TransportOffset, int End, IPProtocol Protocol)
{
    private const int MostExtensions = 8;

    /// <summary>The layer of the header.</summary>
    public LayerKind Layer => IsIPv4 ? LayerKind.IPv4 : LayerKind.IPv6;

    /// <summary>Bytes that the header carries.</summary>
    public int ContentLength => End - TransportOffset;

    /// <summary>What is said of a packet that carries something else than the tunnel's protocol.</summary>
    public Decapsulation OtherProtocol => new(DecapsulationFault.OtherProtocol, Layer, NetworkOffset + (IsIPv4 ? 9 : 6));

    /// <summary>Type of service or traffic class.</summary>
    public byte TypeOfService(Packet packet)
    {
        ReadOnlySpan<byte> header = packet.Linear[NetworkOffset..];
        return IsIPv4 ? header[1] : (byte)(BinaryPrimitives.ReadUInt16BigEndian(header) >> 4);
    }

    /// <summary>Source and destination address.</summary>
    public ReadOnlySpan<byte> Addresses(Packet packet) =>
        IsIPv4 ? packet.Linear.Slice(NetworkOffset + 12, 8) : packet.Linear.Slice(NetworkOffset + 8, 32);

    /// <summary>Sum of the pseudo-header of all that the header carries.</summary>
    public ushort PseudoHeaderSum(Packet packet, int length) =>
        InternetChecksum.Fold((ulong)InternetChecksum.Sum(Addresses(packet)) + (uint)length + (uint)Protocol);

    /// <summary>Reads link header and IP header, as a receiver does (<c>ip_rcv_core</c>, <c>ip6_rcv_core</c>).</summary>
    public static Decapsulation TryRead(Packet packet, out OuterPacket outer)
    {
        outer = default;
        if (!TryFindNetwork(packet, out int network))
            return new Decapsulation(DecapsulationFault.OtherProtocol, LayerKind.Ethernet, 0);
        if (!packet.EnsureLinear(network + 1))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.IPv4, network);
        return (packet.Linear[network] >> 4) switch
        {
            4 => TryReadIPv4(packet, network, out outer),
            6 => TryReadIPv6(packet, network, out outer),
            _ => new Decapsulation(DecapsulationFault.Malformed, LayerKind.IPv4, network),
        };
    }

    private static bool TryFindNetwork(Packet packet, out int network)
    {
        network = 0;
        switch (packet.LinkType)
        {
            case LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.IPv4 or LinkType.IPv6:
                return true;
            case LinkType.Ethernet:
                return TryFindBehindEthernet(packet, 0, out network);
            default:
                packet.Walk();
                int layer = packet.Layout.OuterNetwork;
                network = layer < 0 ? 0 : packet.Layout[layer].Offset;
                return layer >= 0;
        }
    }

    /// <summary>The IP header behind the Ethernet header at <paramref name="offset"/>, and the tags behind that.</summary>
    public static bool TryFindBehindEthernet(Packet packet, int offset, out int network)
    {
        network = offset + EthernetHeader.Size;
        while (packet.EnsureLinear(network))
        {
            var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(packet.Linear[(network - sizeof(ushort))..]);
            if (type is EtherType.IPv4 or EtherType.IPv6)
                return true;
            if (type is not (EtherType.Vlan or EtherType.ServiceVlan))
                return false;
            network += VlanHeader.Size;
        }
        return false;
    }

    /// <summary>True when a length of 0 is the packet's own, as super-frames have it (<c>iph_totlen</c>); and not the length.</summary>
    private static bool IsTooLongToSay(Packet packet, int from) => packet.Offload.IsGso || packet.OriginalLength - from > ushort.MaxValue;

    private static Decapsulation TryReadIPv4(Packet packet, int network, out OuterPacket outer)
    {
        outer = default;
        if (!packet.EnsureLinear(network + IPv4Header.MinimumSize))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.IPv4, network);
        int headerLength = (packet.Linear[network] & 0x0F) << 2;
        if (!packet.EnsureLinear(network + headerLength))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.IPv4, network);
        if (!IPv4Header.TryCreate(packet.Linear[network..], out IPv4Header header))
            return new Decapsulation(DecapsulationFault.Malformed, LayerKind.IPv4, network);
        if (!InternetChecksum.Verify(packet.Linear.Slice(network, headerLength)))
            return new Decapsulation(DecapsulationFault.Malformed, LayerKind.IPv4, network + IPv4Header.ChecksumOffset);
        int length = header.TotalLength == 0 && IsTooLongToSay(packet, network) ? packet.OriginalLength - network : header.TotalLength;
        if (length < headerLength || length > packet.OriginalLength - network)
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.IPv4, network + 2);
        if (header.IsFragment)
            return new Decapsulation(DecapsulationFault.Fragment, LayerKind.IPv4, network + 6);
        outer = new OuterPacket(true, network, network + headerLength, network + length, header.Protocol);
        return default;
    }

    private static Decapsulation TryReadIPv6(Packet packet, int network, out OuterPacket outer)
    {
        outer = default;
        if (!packet.EnsureLinear(network + IPv6Header.Size))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.IPv6, network);
        ReadOnlySpan<byte> header = packet.Linear[network..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        int end = length == 0 && IsTooLongToSay(packet, network + IPv6Header.Size) ? packet.OriginalLength : network + IPv6Header.Size + length;
        if (end > packet.OriginalLength)
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.IPv6, network + 4);
        outer = new OuterPacket(false, network, network + IPv6Header.Size, end, (IPProtocol)header[6]);
        return IsExtension(outer.Protocol) ? SkipExtensions(packet, ref outer) : default;
    }

    /// <summary>Options for the way and for the destination say nothing that this destination has to know.</summary>
    private static Decapsulation SkipExtensions(Packet packet, ref OuterPacket outer)
    {
        for (int i = 0; i < MostExtensions && IsExtension(outer.Protocol); i++)
        {
            int offset = outer.TransportOffset;
            if (outer.Protocol == IPProtocol.Fragment)
                return new Decapsulation(DecapsulationFault.Fragment, LayerKind.IPv6Fragment, offset);
            if (outer.ContentLength < 8 || !packet.EnsureLinear(offset + 8))
                return new Decapsulation(DecapsulationFault.TooShort, LayerKind.IPv6DestinationOptions, offset);
            int length = (packet.Linear[offset + 1] + 1) << 3;
            if (length > outer.ContentLength || !packet.EnsureLinear(offset + length))
                return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.IPv6DestinationOptions, offset + 1);
            outer = outer with { TransportOffset = offset + length, Protocol = (IPProtocol)packet.Linear[offset] };
        }
        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsExtension(IPProtocol protocol) =>
        protocol is IPProtocol.HopByHop or IPProtocol.DestinationOptions or IPProtocol.Fragment;
}
