using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Devices.Models;

/// <summary>
/// Cuts TCP over IPv4 as a card does that is given headers once and a payload: it knows nothing of packets in parts, of tunnels or of
/// IPv6 (<c>emulate_large_send_offload</c>, drivers/net/loopback.c of Linux 2.6).
/// </summary>
/// <remarks>
/// <code>
///   IPv4   total length: the segment's    ID: + 1 each     header checksum: anew
///   TCP    sequence: + payload each       FIN, PSH: last   checksum field: pseudo-header's sum, with the segment's length
/// </code>
/// Everything is copied. It shares no code with <c>Segmentation</c>, and is held against it.
/// </remarks>
internal static class LargeSendEmulation
{
    private const TcpFlags LastOnly = TcpFlags.Fin | TcpFlags.Psh;

    /// <summary>Adds the segments of <paramref name="packet"/>, which stays the caller's; false when it is not TCP over IPv4.</summary>
    public static bool TryCut(Packet packet, PacketQueue segments)
    {
        packet.Linearize();
        packet.Walk();
        ref readonly PacketLayout layout = ref packet.Layout;
        int transport = layout.OuterTransport;
        int network = transport < 0 ? -1 : layout.NetworkOf(transport);
        if (network < 0 || layout[transport].Kind != LayerKind.Tcp || layout[network].Kind != LayerKind.IPv4)
            return false;
        Layer tcp = layout[transport];
        ReadOnlySpan<byte> headers = packet.Linear[..tcp.ContentOffset];
        ReadOnlySpan<byte> payload = packet.Linear[tcp.ContentOffset..Math.Min(tcp.End, packet.LinearLength)];
        int size = packet.Offload.GsoSize;
        for (int start = 0; start < payload.Length; start += size)
        {
            ReadOnlySpan<byte> part = payload.Slice(start, Math.Min(size, payload.Length - start));
            Packet segment = packet.Pool.Rent(packet.Headroom, headers.Length + part.Length);
            segment.LinkType = packet.LinkType;
            segment.Offload = packet.Offload with { GsoType = GsoType.None, GsoSize = 0, GsoSegments = 0 };
            Span<byte> bytes = segment.Put(headers.Length + part.Length);
            headers.CopyTo(bytes);
            part.CopyTo(bytes[headers.Length..]);
            WriteInternet(bytes, layout[network], start / size);
            WriteTransport(bytes, tcp, start, isLast: start + size >= payload.Length, wasLength: tcp.Length);
            segments.Enqueue(segment);
        }
        return true;
    }

    private static void WriteInternet(Span<byte> bytes, in Layer layer, int index)
    {
        Span<byte> header = bytes.Slice(layer.Offset, layer.HeaderLength);
        ushort id = IPv4Header.TryCreate(header, out IPv4Header ip) ? ip.Identification : (ushort)0;
        IPv4Header.SetTotalLength(header, (ushort)(bytes.Length - layer.Offset));
        IPv4Header.SetIdentification(header, (ushort)(id + index));
        IPv4Header.SetChecksum(header, 0);
        IPv4Header.SetChecksum(header, (ushort)~InternetChecksum.Sum(header));
    }

    private static void WriteTransport(Span<byte> bytes, in Layer layer, int start, bool isLast, int wasLength)
    {
        Span<byte> header = bytes.Slice(layer.Offset, layer.HeaderLength);
        if (!TcpHeader.TryCreate(header, out TcpHeader tcp))
            return;
        TcpHeader.SetChecksum(header, LengthExchanged(tcp.Checksum, wasLength, bytes.Length - layer.Offset));
        if (!isLast)
            TcpHeader.SetFlags(header, tcp.Flags & ~LastOnly);
        TcpHeader.SetSequence(header, tcp.Sequence + (uint)start);
    }

    /// <summary>The pseudo-header's sum for another length (RFC 1624, on a sum that is not inverted).</summary>
    private static ushort LengthExchanged(ushort sum, int was, int length) =>
        InternetChecksum.Fold((ulong)sum + (ushort)~InternetChecksum.Fold((ulong)was) + (ulong)length);
}
