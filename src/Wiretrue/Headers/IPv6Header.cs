using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An IPv6 fixed header, read in place (<c>struct ipv6hdr</c>, linux/ipv6.h).</summary>
/// <remarks>
/// RFC 8200 3.
/// <code>
///    0       4             12        16                      31
///   +-------+-------------+--------------------------------+
/// 0 |version|traffic class| flow label                     |
///   +-------+-------------+---------+-----------+----------+
/// 4 | payload length                | next hdr  | hop limit|
///   +-------------------------------+-----------+----------+
/// 8 | source (16 bytes), destination (16 bytes, at 24)     |
///   +------------------------------------------------------+
/// </code>
/// </remarks>
public readonly ref struct IPv6Header
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 40;

    /// <summary>
    /// The most that an Ethernet frame of 64 bytes, its check sequence captured too, can hold beyond an empty IPv6 packet: not content.
    /// </summary>
    private const int MaxPadding = 64 - EthernetHeader.Size - Size;

    private readonly ReadOnlySpan<byte> _bytes;

    private IPv6Header(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Traffic class: DSCP and ECN.</summary>
    public byte TrafficClass => (byte)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) >> 4);

    /// <summary>Flow label, 20 bits.</summary>
    public int FlowLabel => BinaryPrimitives.ReadInt32BigEndian(_bytes) & 0xFFFFF;

    /// <summary>Bytes after this header (<c>payload_len</c>); 0 with a jumbo option, and on BIG TCP.</summary>
    public ushort PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>What follows (<c>nexthdr</c>).</summary>
    public IPProtocol NextHeader => (IPProtocol)_bytes[6];

    /// <summary>Hop limit (<c>hop_limit</c>).</summary>
    public byte HopLimit => _bytes[7];

    /// <summary>Source address (<c>saddr</c>), 16 bytes.</summary>
    public ReadOnlySpan<byte> Source => _bytes.Slice(8, 16);

    /// <summary>Destination address (<c>daddr</c>), 16 bytes: of the next hop when there is a routing header.</summary>
    public ReadOnlySpan<byte> Destination => _bytes.Slice(24, 16);

    /// <summary>False when <paramref name="bytes"/> are fewer than <see cref="Size"/>, or do not begin with version 6.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out IPv6Header header)
    {
        bool fits = bytes.Length >= Size && bytes[0] >> 4 == 6;
        header = fits ? new IPv6Header(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>Writes the payload length (<c>payload_len</c>) into <paramref name="header"/>.</summary>
    public static void SetPayloadLength(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[4..], value);

    /// <summary>Writes what follows (<c>nexthdr</c>) into <paramref name="header"/>.</summary>
    public static void SetNextHeader(Span<byte> header, IPProtocol value) => header[6] = (byte)value;

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.IPv6, Size, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        if (bytes[0] >> 4 != 6)
            return cursor.Malformed(LayerKind.IPv6, HeaderField.Version);
        var header = new IPv6Header(bytes);
        IPProtocol next = header.NextHeader;
        int length = Size + header.PayloadLength;
        LengthSource source = LengthSource.IPv6PayloadLength;
        if (length == Size)
            length = LengthOfZero(bytes, next, cursor.Room, ref source);
        if (!cursor.Enter(LayerKind.IPv6, Size, Size, length, source))
            return LayerKind.None;
        cursor.InIPv6 = true;
        return IPProtocolDispatch.Next(next, inIPv6: true);
    }

    /// <summary>How long a packet is that says 0: what a jumbo option says (RFC 2675), or all that is there (BIG TCP), or truly empty.</summary>
    private static int LengthOfZero(ReadOnlySpan<byte> bytes, IPProtocol next, int room, ref LengthSource source)
    {
        if (next == IPProtocol.HopByHop && IPv6OptionsHeader.TryCreate(bytes[Size..], out IPv6OptionsHeader options)
            && options.TryGetJumboPayload(out uint jumbo))
        {
            source = LengthSource.IPv6JumboPayload;
            return jumbo <= int.MaxValue - Size ? Size + (int)jumbo : int.MaxValue;
        }
        if (next == IPProtocol.NoNextHeader || room - Size <= MaxPadding)
            return Size;
        source = LengthSource.IPv6ZeroLength;
        return room;
    }
}
