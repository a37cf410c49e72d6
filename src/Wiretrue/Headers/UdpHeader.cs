using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A UDP header, read in place (<c>struct udphdr</c>, linux/udp.h).</summary>
/// <remarks>
/// RFC 768.
/// <code>
///   0             2             4        6          8
///   +-------------+-------------+--------+----------+
///   | source port | destination | length | checksum |
///   +-------------+-------------+--------+----------+
/// </code>
/// </remarks>
public readonly ref struct UdpHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 8;

    /// <summary>Where the length is (<c>len</c>).</summary>
    public const int LengthOffset = 4;

    /// <summary>Where the checksum is (<c>check</c>).</summary>
    public const int ChecksumOffset = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Source port (<c>source</c>).</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Destination port (<c>dest</c>).</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Bytes of header and content (<c>len</c>); 0 when they do not fit 16 bits (RFC 2675 4).</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[LengthOffset..]);

    /// <summary>Checksum (<c>check</c>); 0 means that there is none.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumOffset..]);

    /// <summary>Looks at <paramref name="bytes"/> as a UDP header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out UdpHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new UdpHeader(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>Writes the length (<c>len</c>) into <paramref name="header"/>.</summary>
    public static void SetLength(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[LengthOffset..], value);

    /// <summary>Writes the checksum (<c>check</c>) into <paramref name="header"/>, as given: turning 0 into 0xFFFF is the caller's.</summary>
    public static void SetChecksum(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Udp, Size, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        var header = new UdpHeader(bytes);
        LayerKind next = UdpPortDispatch.Next(header.DestinationPort, bytes[Size..], ref cursor);
        int length = header.Length;
        LengthSource source = LengthSource.UdpLength;
        if (length == 0)
        {
            length = cursor.Room;
            source = LengthSource.UdpZeroLength;
        }
        else if (length < cursor.Room && next != LayerKind.Payload)
        {
            // A tunnel never leaves bytes between the UDP datagram and the end of the IP packet: the length is that of one
            // segment already, as devices with partial segmentation offload want it.
            length = cursor.Room;
            source = LengthSource.UdpSegmentLength;
        }
        return cursor.Enter(LayerKind.Udp, Size, Size, length, source) ? next : LayerKind.None;
    }
}
