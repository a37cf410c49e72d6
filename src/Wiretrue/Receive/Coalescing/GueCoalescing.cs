using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// GUE (<c>gue_gro_receive</c>, <c>gue_gro_complete</c>, net/ipv4/fou_core.c): all of a header of variant 0 makes a flow, its options included;
/// in variant 1 an IP header follows UDP at once. Control messages are left alone.
/// </summary>
internal static class GueCoalescing
{
    private const byte WordsMask = 0x1F;

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(GueHeader.MinimumSize, out ReadOnlySpan<byte> bytes))
            return arrival.Pass();
        if (bytes[0] >> 6 != 0)
            return (bytes[0] >> 6) == 1 ? FouCoalescing.Receive(ref arrival, ProtocolOf(bytes[0])) : arrival.Pass();
        int length = GueHeader.MinimumSize + ((bytes[0] & WordsMask) << 2);
        if (!arrival.TryPeek(length, out bytes) || !GueHeader.TryCreate(bytes, out GueHeader header) || header.IsControl)
            return arrival.Pass();
        if (header.HasRemoteChecksum)
        {
            int inside = arrival.Offset + length;
            var request = new RemoteChecksumRequest(inside + header.RemoteChecksumStart, inside + header.RemoteChecksumOffset);
            // Unlike VXLAN's, a receiver of GUE need not be told that there may be such packets.
            if (!arrival.TryExcuse(request))
                return arrival.Pass();
        }
        arrival.KeepEqual(length);
        arrival.Advance(length);
        return FouCoalescing.Receive(ref arrival, header.Protocol);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (!GueHeader.TryCreate(completion.Bytes[offset..], out GueHeader header))
        {
            FouCoalescing.Complete(ref completion, ProtocolOf(completion.Bytes[offset]), offset);
            return;
        }
        if (header.HasRemoteChecksum)
            completion.Wrap(GsoType.TunnelRemoteChecksum);
        FouCoalescing.Complete(ref completion, header.Protocol, offset + header.HeaderLength);
    }

    /// <summary>What a first byte of variant 1 is the first byte of; no protocol of a tunnel, when it is of neither version of IP.</summary>
    private static IPProtocol ProtocolOf(byte first) => (first >> 4) switch
    {
        4 => IPProtocol.IPv4,
        6 => IPProtocol.IPv6,
        _ => IPProtocol.NoNextHeader,
    };
}
