namespace Wiretrue.Headers;

/// <summary>An IPv6 routing header, read in place (<c>struct ipv6_rt_hdr</c>, linux/ipv6.h).</summary>
/// <remarks>
/// RFC 8200 4.4; types: 0 source route (RFC 5095), 2 mobility (RFC 6275 6.4), 3 RPL (RFC 6554), 4 segments (RFC 8754).
/// <code>
///   0       1       2       3               4
///   +-------+-------+-------+---------------+--------- - -
///   | next  | len   | type  | segments left | by type ...
///   +-------+-------+-------+---------------+--------- - -
/// </code>
/// </remarks>
public readonly ref struct IPv6RoutingHeader
{
    /// <summary>Bytes of the smallest routing header, and of what stands before the addresses.</summary>
    public const int MinimumSize = 8;

    private const byte SourceRoute = 0;
    private const byte Mobility = 2;
    private const byte Rpl = 3;
    private const byte Segments = 4;
    private const int AddressSize = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private IPv6RoutingHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What follows (<c>nexthdr</c>).</summary>
    public IPProtocol NextHeader => (IPProtocol)_bytes[0];

    /// <summary>Bytes of the header: 8 to 2048, a multiple of 8.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>How to read the rest (<c>type</c>).</summary>
    public byte RoutingType => _bytes[2];

    /// <summary>Nodes still to be visited (<c>segments_left</c>); 0 when the packet's destination is the final one.</summary>
    public byte SegmentsLeft => _bytes[3];

    /// <summary>False when <paramref name="bytes"/> hold less than the header says.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out IPv6RoutingHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize)
            return false;
        int length = (bytes[1] + 1) << 3;
        if (length > bytes.Length)
            return false;
        header = new IPv6RoutingHeader(bytes[..length]);
        return true;
    }

    /// <summary>Finds where the packet is to end up, which the transport's pseudo-header counts as destination (RFC 8200 8.1).</summary>
    /// <param name="current">The fixed header's destination, 16 bytes.</param>
    /// <param name="destination">16 bytes to write the final destination into.</param>
    /// <returns>False when the type is not known, or the header holds no address.</returns>
    public bool TryGetFinalDestination(ReadOnlySpan<byte> current, Span<byte> destination)
    {
        current.CopyTo(destination);
        if (SegmentsLeft == 0)
            return true;
        ReadOnlySpan<byte> list = _bytes[MinimumSize..];
        switch (RoutingType)
        {
            case SourceRoute or Mobility when list.Length >= AddressSize:
                list[(list.Length / AddressSize * AddressSize - AddressSize)..][..AddressSize].CopyTo(destination);
                return true;
            case Segments when list.Length >= AddressSize:
                // The list is kept backwards: its first entry is the last segment.
                list[..AddressSize].CopyTo(destination);
                return true;
            case Rpl:
                return TryExpandLast(list, destination);
            default:
                return false;
        }
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.IPv6Routing, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        return cursor.Enter(LayerKind.IPv6Routing, MinimumSize, (bytes[1] + 1) << 3)
            ? IPProtocolDispatch.Next((IPProtocol)bytes[0], inIPv6: true)
            : LayerKind.None;
    }

    /// <summary>RPL leaves out the bytes that the last address shares with the current destination (<c>CmprE</c>), and pads the end.</summary>
    private bool TryExpandLast(ReadOnlySpan<byte> list, Span<byte> destination)
    {
        int shared = _bytes[4] & 0x0F;
        int start = list.Length - (_bytes[5] >> 4) - (AddressSize - shared);
        if (start < 0)
            return false;
        list.Slice(start, AddressSize - shared).CopyTo(destination[shared..]);
        return true;
    }
}
