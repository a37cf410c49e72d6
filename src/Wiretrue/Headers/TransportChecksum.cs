using System.Buffers.Binary;
using Wiretrue.Checksums;

namespace Wiretrue.Headers;

/// <summary>Where the checksum of a transport header is, what it covers, and whether it is right.</summary>
public static class TransportChecksum
{
    /// <summary>Where the checksum field is, in bytes from the header's first (<c>csum_offset</c>); -1 for headers without one.</summary>
    public static int FieldOffset(LayerKind transport) => transport switch
    {
        LayerKind.Tcp => TcpHeader.ChecksumOffset,
        LayerKind.Udp => UdpHeader.ChecksumOffset,
        LayerKind.UdpLite => UdpLiteHeader.ChecksumOffset,
        LayerKind.Sctp => SctpHeader.ChecksumOffset,
        LayerKind.Icmp or LayerKind.IcmpV6 => IcmpHeader.ChecksumOffset,
        _ => -1,
    };

    /// <summary>The protocol number that the pseudo-header counts in; 0 for headers that have no pseudo-header.</summary>
    public static int ProtocolOf(LayerKind transport) => transport switch
    {
        LayerKind.Tcp => (int)IPProtocol.Tcp,
        LayerKind.Udp => (int)IPProtocol.Udp,
        LayerKind.UdpLite => (int)IPProtocol.UdpLite,
        LayerKind.IcmpV6 => (int)IPProtocol.IcmpV6,
        _ => 0,
    };

    /// <summary>How many bytes the checksum covers, from the header's first on; -1 when the header says something impossible.</summary>
    /// <param name="packet">The packet's bytes.</param>
    /// <param name="transport">A layer of its walk, with <see cref="Layer.IsTransport"/>.</param>
    public static int Coverage(ReadOnlySpan<byte> packet, in Layer transport)
    {
        if (transport.Kind != LayerKind.UdpLite)
            return transport.Length;
        int coverage = BinaryPrimitives.ReadUInt16BigEndian(packet[(transport.Offset + 4)..]);
        if (coverage == 0)
            return transport.Length;
        return coverage < UdpLiteHeader.Size || coverage > transport.Length ? -1 : coverage;
    }

    /// <summary>
    /// True when all that the checksum of the layer at <paramref name="index"/> covers is there, and every length around it makes sense.
    /// </summary>
    public static bool IsVerifiable(ReadOnlySpan<byte> packet, in PacketLayout layout, int index)
    {
        ref readonly Layer transport = ref layout[index];
        if (layout.Fault.IsFault && IsCastInDoubt(layout.Fault, transport))
            return false;
        int coverage = Coverage(packet, transport);
        return coverage >= 0 && coverage <= packet.Length - transport.Offset;
    }

    /// <summary>Compares the checksum of the layer at <paramref name="index"/> with the bytes that it covers.</summary>
    public static ChecksumVerdict Verify(ReadOnlySpan<byte> packet, in PacketLayout layout, int index)
    {
        ref readonly Layer transport = ref layout[index];
        if (IsAbsent(packet, layout, index))
            return ChecksumVerdict.Absent;
        if (!IsVerifiable(packet, layout, index))
            return ChecksumVerdict.Unverifiable;

        ReadOnlySpan<byte> covered = packet.Slice(transport.Offset, Coverage(packet, transport));
        bool isGood = transport.Kind == LayerKind.Sctp
            ? SctpHeader.TryCreate(covered, out SctpHeader sctp) && sctp.Checksum == SctpHash(covered)
            : InternetChecksum.Add(InternetChecksum.Sum(covered), PseudoHeader.Sum(packet, layout, index, transport.Length)) == 0xFFFF;
        return isGood ? ChecksumVerdict.Good : ChecksumVerdict.Bad;
    }

    /// <summary>The CRC32c of an SCTP packet as its field should hold it: taken with the field at 0.</summary>
    /// <param name="packet">The SCTP packet, from its common header on; at least 12 bytes.</param>
    public static uint SctpHash(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> empty = [0, 0, 0, 0];
        var crc = default(Crc32C);
        crc.Append(packet[..SctpHeader.ChecksumOffset]);
        crc.Append(empty);
        crc.Append(packet[SctpHeader.Size..]);
        return crc.GetCurrentHash();
    }

    /// <summary>
    /// A length that lies, in this header or around it, leaves open how far the checksum reached. Faults further in do not matter, nor do
    /// those around a UDP length that fits: it is what the checksum goes by.
    /// </summary>
    private static bool IsCastInDoubt(in PacketFault fault, in Layer transport) =>
        fault.Kind is FaultKind.TooLong or FaultKind.TooShort or FaultKind.Malformed
        && (fault.Offset == transport.Offset || (fault.Offset < transport.Offset && transport.LimitedBy != LengthSource.UdpLength));

    /// <summary>Only UDP over IPv4 may say 0 for "none"; over IPv6 tunnels alone may (RFC 6935), and take the same meaning.</summary>
    private static bool IsAbsent(ReadOnlySpan<byte> packet, in PacketLayout layout, int index)
    {
        ref readonly Layer transport = ref layout[index];
        return transport.Kind == LayerKind.Udp
            && UdpHeader.TryCreate(packet[transport.Offset..], out UdpHeader udp) && udp.Checksum == 0
            && (IsIPv4(layout, index) || IsTunnel(layout, index));
    }

    private static bool IsIPv4(in PacketLayout layout, int index)
    {
        int network = layout.NetworkOf(index);
        return network >= 0 && layout[network].Kind == LayerKind.IPv4;
    }

    /// <summary>Whatever header follows UDP is a tunnel's, or in a tunnel without a header of its own.</summary>
    private static bool IsTunnel(in PacketLayout layout, int index) =>
        index + 1 < layout.Count && layout[index + 1].Kind != LayerKind.Payload;
}
