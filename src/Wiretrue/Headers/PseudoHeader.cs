using System.Buffers.Binary;
using Wiretrue.Checksums;

namespace Wiretrue.Headers;

/// <summary>The pseudo-header that TCP, UDP, UDP-Lite and ICMPv6 checksums cover (RFC 9293 3.1, RFC 8200 8.1).</summary>
public static class PseudoHeader
{
    /// <summary>
    /// One's complement sum of the pseudo-header, folded, not inverted, as a big-endian number. It knows of source routes and routing
    /// headers (the final destination counts) and of the home address option (RFC 6275 6.3: the home address counts as source).
    /// </summary>
    /// <param name="packet">The packet's bytes.</param>
    /// <param name="layout">Its walk.</param>
    /// <param name="transport">Index of the transport layer; 0 is returned when it has no pseudo-header (ICMP, SCTP) or no network layer.</param>
    /// <param name="length">
    /// Upper-layer length to count in, all 32 bits of it (BIG TCP); 0 to leave it out (the Windows LSO convention).
    /// </param>
    public static ushort Sum(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, int length)
    {
        int protocol = TransportChecksum.ProtocolOf(layout[transport].Kind);
        int network = layout.NetworkOf(transport);
        if (protocol == 0 || network < 0)
            return 0;

        ulong sum = (uint)length + (uint)protocol;
        ref readonly Layer ip = ref layout[network];
        ReadOnlySpan<byte> header = packet.Slice(ip.Offset, ip.HeaderLength);
        if (ip.Kind == LayerKind.IPv4)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
            sum += ip.HeaderLength > IPv4Header.MinimumSize && IPv4Header.TryCreate(header, out IPv4Header ipv4)
                ? BinaryPrimitives.ReadUInt32BigEndian(ipv4.FinalDestination)
                : BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        }
        else if (transport == network + 1)
        {
            sum += Words(header[8..]) + Words(header[16..]) + Words(header[24..]) + Words(header[32..]);
        }
        else
        {
            sum += ThroughExtensions(packet, layout, network, transport);
        }
        return InternetChecksum.Fold(sum);
    }

    /// <summary>Sum of the addresses that count when extension headers lie between <paramref name="network"/> and the transport.</summary>
    private static ulong ThroughExtensions(ReadOnlySpan<byte> packet, in PacketLayout layout, int network, int transport)
    {
        ReadOnlySpan<byte> header = packet.Slice(layout[network].Offset, IPv6Header.Size);
        ReadOnlySpan<byte> source = header.Slice(8, 16);
        Span<byte> destination = stackalloc byte[16];
        header[24..].CopyTo(destination);
        for (int i = network + 1; i < transport; i++)
        {
            ReadOnlySpan<byte> extension = packet.Slice(layout[i].Offset, layout[i].HeaderLength);
            LayerKind kind = layout[i].Kind;
            if (kind == LayerKind.IPv6Routing && IPv6RoutingHeader.TryCreate(extension, out IPv6RoutingHeader routing))
            {
                routing.TryGetFinalDestination(header[24..], destination);
            }
            else if (kind == LayerKind.IPv6DestinationOptions && IPv6OptionsHeader.TryCreate(extension, out IPv6OptionsHeader options)
                && options.TryGetHomeAddress(out ReadOnlySpan<byte> home))
            {
                source = home;
            }
        }
        return Words(source) + Words(source[8..]) + Words(destination) + Words(destination[8..]);
    }

    /// <summary>Two 32-bit words, summed: folding makes of them what it makes of their four halves.</summary>
    private static ulong Words(ReadOnlySpan<byte> bytes)
    {
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return (value >> 32) + (uint)value;
    }
}
