using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>IPv4 (<c>inet_gro_receive</c>, <c>inet_gro_complete</c>, net/ipv4/af_inet.c; <c>inet_gro_flush</c>, net/gro.h).</summary>
/// <remarks>
/// Protocol and addresses make a flow. A header with options, a fragment, and a header whose checksum is bad are of no flow that could be told.
/// </remarks>
internal static class IPv4Coalescing
{
    private const byte VersionAndLength = 0x45;
    private const byte ReservedFlag = 0x80;

    /// <summary>Where the addresses are, which the pseudo-header counts.</summary>
    private const int AddressesOffset = 12;

    private static ReadOnlySpan<byte> FlowMask =>
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    /// <summary>TOS, the flag "don't fragment" and TTL: what is the same in all packets that are joined.</summary>
    private static ReadOnlySpan<byte> JoinMask => [0, 0xFF, 0, 0, 0, 0, 0x40, 0, 0xFF];

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(IPv4Header.MinimumSize, out ReadOnlySpan<byte> bytes) || !IPv4Header.TryCreate(bytes, out IPv4Header header)
            || bytes[0] != VersionAndLength || !IPProtocolCoalescing.IsKnown(header.Protocol) || header.IsFragment
            || InternetChecksum.Sum(bytes) != 0xFFFF)
        {
            return arrival.Pass();
        }
        // Also true of a frame that was padded: what is behind the packet can't be told from it once it was joined.
        arrival.MustPass |= header.TotalLength != (ushort)arrival.Remaining || (bytes[6] & ReservedFlag) != 0;
        arrival.Protocol = header.Protocol;
        arrival.KeepAlike(FlowMask);
        arrival.BeginNetwork();
        arrival.Advance(IPv4Header.MinimumSize);
        return IPProtocolCoalescing.Receive(ref arrival, header.Protocol);
    }

    /// <summary>Whether a packet of the same flow must not join, for what its IPv4 header at <paramref name="offset"/> says.</summary>
    /// <remarks>
    /// RFC 6864: identifications go up by one from packet to packet, or all are the same, which the second packet decides; a flow that does neither
    /// could not be cut again as it was.
    /// </remarks>
    public static bool Differs(in Arrival arrival, HeldPacket held, int offset, bool inner)
    {
        ReadOnlySpan<byte> header = arrival.Bytes[offset..];
        ReadOnlySpan<byte> first = held.Bytes[offset..];
        if (!HeaderMask.AreAlike(header, first, JoinMask))
            return true;
        int bit = inner ? 2 : 1;
        var distance = (ushort)(Identification(header) - Identification(first));
        if (held.Count == 1 && distance == 0)
            held.FixedIds |= bit;
        return distance != ((held.FixedIds & bit) != 0 ? 0 : (ushort)held.Count);
    }

    /// <summary>Sum of the pseudo-header for <paramref name="length"/> bytes of transport, not folded.</summary>
    public static uint PseudoHeader(ReadOnlySpan<byte> header, IPProtocol protocol, int length) =>
        InternetChecksum.Sum(header.Slice(AddressesOffset, 8)) + (uint)protocol + (ushort)length + ((uint)length >> 16);

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        completion.BeginNetwork(offset);
        Span<byte> header = completion.Bytes.Slice(offset, IPv4Header.MinimumSize);
        int length = completion.End - offset;
        // BIG TCP has no room to say its length, and who receives it counts the bytes.
        var said = (ushort)(length <= ushort.MaxValue ? length : 0);
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(header[IPv4Header.ChecksumOffset..]);
        IPv4Header.SetTotalLength(header, said);
        IPv4Header.SetChecksum(header, InternetChecksum.Update(checksum, before, said));
        IPProtocolCoalescing.Complete(ref completion, (IPProtocol)header[9], offset + IPv4Header.MinimumSize);
    }

    /// <summary>Identification of the header at the start of <paramref name="header"/>.</summary>
    public static ushort Identification(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
}
