using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>IPv6 (<c>ipv6_gro_receive</c>, <c>ipv6_gro_complete</c>, net/ipv6/ip6_offload.c; <c>ipv6_gro_flush</c>, net/gro.h).</summary>
/// <remarks>Version, flow label, next header, addresses and the bytes of all extension headers make a flow.</remarks>
internal static class IPv6Coalescing
{
    /// <summary>Bytes that the length of BIG TCP takes.</summary>
    public const int JumboPayloadSize = 8;

    /// <summary>Where the addresses are, which the pseudo-header counts.</summary>
    private const int AddressesOffset = 8;

    private static ReadOnlySpan<byte> FlowMask =>
    [
        0xF0, 0x0F, 0xFF, 0xFF, 0, 0, 0xFF, 0,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ];

    /// <summary>Traffic class and hop limit: what is the same in all packets that are joined.</summary>
    private static ReadOnlySpan<byte> JoinMask => [0x0F, 0xF0, 0, 0, 0, 0, 0, 0xFF];

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        // Linux looks at no version here, and makes of packets with a wrong one what nobody can cut.
        if (!arrival.TryPeek(IPv6Header.Size, out ReadOnlySpan<byte> header) || !IPv6Header.TryCreate(header, out _))
            return arrival.Pass();
        arrival.BeginNetwork();
        bool isExact = BinaryPrimitives.ReadUInt16BigEndian(header[4..]) == arrival.Remaining - IPv6Header.Size;
        var protocol = (IPProtocol)header[6];
        int length = IPv6Header.Size + ExtensionLength(ref arrival, ref protocol);
        if (!IPProtocolCoalescing.IsKnown(protocol))
            return arrival.Pass();
        arrival.Protocol = protocol;
        arrival.KeepAlike(FlowMask);
        arrival.Advance(IPv6Header.Size);
        arrival.KeepEqual(length - IPv6Header.Size);
        arrival.Advance(length - IPv6Header.Size);
        arrival.MustPass |= !isExact;
        return IPProtocolCoalescing.Receive(ref arrival, protocol);
    }

    /// <summary>Whether a packet of the same flow must not join, for what its IPv6 header at <paramref name="offset"/> says.</summary>
    public static bool Differs(in Arrival arrival, HeldPacket held, int offset) =>
        !HeaderMask.AreAlike(arrival.Bytes[offset..], held.Bytes[offset..], JoinMask);

    /// <summary>Sum of the pseudo-header for <paramref name="length"/> bytes of transport, not folded.</summary>
    /// <remarks>The destination is the header's own, whatever a routing header says: what is still under way is of no use to join.</remarks>
    public static uint PseudoHeader(ReadOnlySpan<byte> header, IPProtocol protocol, int length) =>
        InternetChecksum.Sum(header.Slice(AddressesOffset, 32)) + (uint)protocol + (ushort)length + ((uint)length >> 16);

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        completion.BeginNetwork(offset);
        int length = completion.End - offset - IPv6Header.Size;
        if (length > ushort.MaxValue)
            length = InsertJumboPayload(ref completion, offset, length);
        Span<byte> header = completion.Bytes[offset..];
        IPv6Header.SetPayloadLength(header, (ushort)length);
        var protocol = (IPProtocol)header[6];
        int transport = offset + IPv6Header.Size;
        while (IsExtension(protocol))
        {
            ReadOnlySpan<byte> extension = completion.Bytes[transport..];
            protocol = (IPProtocol)extension[0];
            transport += LengthOf(extension);
        }
        IPProtocolCoalescing.Complete(ref completion, protocol, transport);
    }

    /// <summary>Bytes of the extension headers that may be walked over; <paramref name="protocol"/> is what follows them.</summary>
    private static int ExtensionLength(ref Arrival arrival, ref IPProtocol protocol)
    {
        int length = 0;
        while (IsExtension(protocol) && arrival.TryPeek(IPv6Header.Size + length + 2, out ReadOnlySpan<byte> headers))
        {
            int one = LengthOf(headers[(IPv6Header.Size + length)..]);
            if (!arrival.TryPeek(IPv6Header.Size + length + one, out headers))
                break;
            protocol = (IPProtocol)headers[IPv6Header.Size + length];
            length += one;
        }
        return length;
    }

    /// <summary>The headers that segments repeat as they are (<c>INET6_PROTO_GSO_EXTHDR</c>).</summary>
    private static bool IsExtension(IPProtocol protocol) =>
        protocol is IPProtocol.HopByHop or IPProtocol.Routing or IPProtocol.DestinationOptions;

    private static int LengthOf(ReadOnlySpan<byte> extension) => (extension[1] + 1) << 3;

    /// <summary>
    /// Puts a hop-by-hop header behind the IPv6 header, which says the length that its own field can't (<c>struct hop_jumbo_hdr</c>).
    /// </summary>
    /// <remarks>
    /// RFC 2675 2.
    /// <code>
    ///  +-------------+------------+-----------+------------+-------------------------+
    ///  | next header | length (0) | type 0xC2 | length (4) | jumbo payload length    |
    ///  +-------------+------------+-----------+------------+-------------------------+
    /// </code>
    /// </remarks>
    /// <returns>What the IPv6 header's own field says then: 0.</returns>
    private static int InsertJumboPayload(ref Completion completion, int offset, int length)
    {
        const byte JumboLength = 4;
        int end = offset + IPv6Header.Size;
        completion.Grow(end, JumboPayloadSize);
        Span<byte> header = completion.Bytes[offset..];
        Span<byte> option = completion.Bytes.Slice(end, JumboPayloadSize);
        option[0] = header[6];
        option[1] = 0;
        option[2] = IPv6Option.JumboPayload;
        option[3] = JumboLength;
        BinaryPrimitives.WriteUInt32BigEndian(option[4..], (uint)(length + JumboPayloadSize));
        IPv6Header.SetNextHeader(header, IPProtocol.HopByHop);
        return 0;
    }
}
