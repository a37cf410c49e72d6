using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>The headers of packets that were chained: each has its own, and the first's addresses and ports.</summary>
internal readonly ref struct ListedHeaders
{
    private const int PortsLength = 4;

    private readonly Packet _packet;
    private readonly ref PacketLayout _layout;
    private readonly int _transport;
    private readonly int _network;
    private readonly int _headerLength;
    private readonly ushort _identification;
    private readonly ushort _step;

    /// <summary>Looks at the first packet's headers, which are to be in its linear area.</summary>
    public ListedHeaders(Packet packet, int transport)
    {
        _packet = packet;
        _layout = ref packet.Layout;
        _transport = transport;
        _network = _layout.NetworkOf(transport);
        _headerLength = _layout[transport].ContentOffset;
        if (!IPv4Header.TryCreate(packet.Linear[_layout[_network].Offset..], out IPv4Header ipv4))
            return;
        _identification = ipv4.Identification;
        _step = (packet.Offload.GsoType & GsoType.TcpFixedId) == 0 ? (ushort)1 : (ushort)0;
    }

    private int NetworkOffset => _layout[_network].Offset;

    private int TransportOffset => _layout[_transport].Offset;

    /// <summary>
    /// True when <paramref name="listed"/> has headers in its headroom that are shaped as the first packet's, and count its bytes: not any
    /// bytes that happen to lie there.
    /// </summary>
    public static bool AreOf(Packet packet, int transport, Packet listed)
    {
        ref PacketLayout layout = ref packet.Layout;
        Layer network = layout[layout.NetworkOf(transport)];
        Layer last = layout[transport];
        int length = last.ContentOffset - network.Offset;
        if (listed.Headroom < length || listed.MissingTail > 0 || listed.Offload.Checksum == ChecksumState.Partial)
            return false;
        ReadOnlySpan<byte> first = packet.Linear[network.Offset..last.ContentOffset];
        ReadOnlySpan<byte> own = listed.Behind(length);
        int extensions = network.HeaderLength;
        int transportOffset = last.Offset - network.Offset;
        return IsNetworkHeader(network.Kind, first, own, length + listed.Length)
            && own[extensions..transportOffset].SequenceEqual(first[extensions..transportOffset])
            && IsTransportHeader(last.Kind, first[transportOffset..], own[transportOffset..], listed.Length);
    }

    /// <summary>Copies the link header of the first packet, and behind it the packet's own headers.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="listed">A packet of the list; null for the first.</param>
    public void CopyTo(Span<byte> destination, Packet? listed)
    {
        if (listed is null)
        {
            _packet.Linear[.._headerLength].CopyTo(destination);
            return;
        }
        _packet.Linear[..NetworkOffset].CopyTo(destination);
        listed.Behind(_headerLength - NetworkOffset).CopyTo(destination[NetworkOffset..]);
    }

    /// <summary>Writes what is the first packet's, or counts on from it, into the headers of segment <paramref name="index"/>.</summary>
    public void Write(Span<byte> headers, int index, int payloadLength)
    {
        for (int i = 0; i < _network; i++)
            LayerLengths.Prepare(headers, _layout[i], _headerLength + payloadLength);
        Span<byte> transport = headers[TransportOffset..];
        // Chaining made the first datagram's length that of all.
        if (index == 0 && _layout[_transport].Kind == LayerKind.Udp)
            UdpHeader.SetLength(transport, (ushort)(UdpHeader.Size + payloadLength));
        if (index > 0)
            CarryOver(headers, transport);

        Layer network = _layout[_network];
        if (network.Kind == LayerKind.IPv6)
        {
            IPv6Segments.Prepare(headers, network, _headerLength + payloadLength);
            return;
        }
        Span<byte> ip = headers.Slice(network.Offset, network.HeaderLength);
        IPv4Header.SetTotalLength(ip, (ushort)(_headerLength + payloadLength - network.Offset));
        IPv4Header.SetIdentification(ip, (ushort)(_identification + (_step * index)));
        IPv4Header.SetChecksum(ip, 0);
        IPv4Header.SetChecksum(ip, InternetChecksum.Hash(ip));
    }

    /// <summary>Gives a segment the first packet's addresses and ports, and its checksum what that changes (RFC 1624).</summary>
    private void CarryOver(Span<byte> headers, Span<byte> transport)
    {
        bool isIPv4 = _layout[_network].Kind == LayerKind.IPv4;
        int from = NetworkOffset + (isIPv4 ? 12 : 8);
        int length = isIPv4 ? 8 : 32;
        Span<byte> addresses = headers.Slice(from, length);
        ReadOnlySpan<byte> firstAddresses = _packet.Linear.Slice(from, length);
        Span<byte> ports = transport[..PortsLength];
        ReadOnlySpan<byte> firstPorts = _packet.Linear.Slice(TransportOffset, PortsLength);
        if (addresses.SequenceEqual(firstAddresses) && ports.SequenceEqual(firstPorts))
            return;

        bool isUdp = _layout[_transport].Kind == LayerKind.Udp;
        Span<byte> field = transport.Slice(isUdp ? UdpHeader.ChecksumOffset : TcpHeader.ChecksumOffset, sizeof(ushort));
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        if (!isUdp || checksum != 0)
        {
            checksum = InternetChecksum.Update(checksum, addresses, firstAddresses);
            checksum = InternetChecksum.Update(checksum, ports, firstPorts);
            BinaryPrimitives.WriteUInt16BigEndian(field, isUdp && checksum == 0 ? (ushort)0xFFFF : checksum);
        }
        firstAddresses.CopyTo(addresses);
        firstPorts.CopyTo(ports);
    }

    private static bool IsNetworkHeader(LayerKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> own, int length)
    {
        if (kind == LayerKind.IPv6)
        {
            return IPv6Header.TryCreate(own, out IPv6Header ipv6) && IPv6Header.TryCreate(first, out IPv6Header firstIPv6)
                && ipv6.NextHeader == firstIPv6.NextHeader && ipv6.PayloadLength == length - IPv6Header.Size;
        }
        return IPv4Header.TryCreate(own, out IPv4Header ipv4) && IPv4Header.TryCreate(first, out IPv4Header firstIPv4)
            && ipv4.HeaderLength == firstIPv4.HeaderLength && ipv4.Protocol == firstIPv4.Protocol && !ipv4.IsFragment
            && ipv4.TotalLength == length && InternetChecksum.Verify(own[..ipv4.HeaderLength]);
    }

    private static bool IsTransportHeader(LayerKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> own, int payloadLength)
    {
        if (kind == LayerKind.Udp)
            return UdpHeader.TryCreate(own, out UdpHeader udp) && udp.Length == UdpHeader.Size + payloadLength;
        return TcpHeader.TryCreate(own, out TcpHeader tcp) && TcpHeader.TryCreate(first, out TcpHeader firstTcp)
            && tcp.HeaderLength == firstTcp.HeaderLength;
    }
}
