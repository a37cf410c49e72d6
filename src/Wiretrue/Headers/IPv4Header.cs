using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An IPv4 header with its options, read in place (<c>struct iphdr</c>, linux/ip.h).</summary>
/// <remarks>
/// RFC 791 3.1.
/// <code>
///    0       4       8               16                      31
///   +-------+-------+---------------+-------------------------+
/// 0 |version|  IHL  | TOS           | total length            |
///   +-------+-------+---------------+---+---------------------+
/// 4 | identification                |flg| fragment offset     |
///   +---------------+---------------+---+---------------------+
/// 8 | TTL           | protocol      | header checksum         |
///   +---------------+---------------+-------------------------+
/// 12| source, destination (16), options (20)                  |
///   +---------------------------------------------------------+
/// </code>
/// </remarks>
public readonly ref struct IPv4Header
{
    /// <summary>Bytes without options.</summary>
    public const int MinimumSize = 20;

    /// <summary>Bytes with all the options that fit.</summary>
    public const int MaximumSize = 60;

    /// <summary>Where the header checksum is (<c>check</c>).</summary>
    public const int ChecksumOffset = 10;

    private readonly ReadOnlySpan<byte> _bytes;

    private IPv4Header(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes of header and options: 20 to 60 (<c>ihl</c> × 4).</summary>
    public int HeaderLength => (_bytes[0] & 0x0F) << 2;

    /// <summary>Type of service: DSCP and ECN (<c>tos</c>).</summary>
    public byte TypeOfService => _bytes[1];

    /// <summary>Bytes of header and content (<c>tot_len</c>); 0 on packets that were never meant to say (TSO, BIG TCP).</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Identification (<c>id</c>).</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>The flag "don't fragment" (<c>IP_DF</c>).</summary>
    public bool DontFragment => (_bytes[6] & 0x40) != 0;

    /// <summary>The flag "more fragments" (<c>IP_MF</c>).</summary>
    public bool MoreFragments => (_bytes[6] & 0x20) != 0;

    /// <summary>Where this fragment belongs, in bytes: a multiple of 8.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0x1FFF) << 3;

    /// <summary>True for every fragment, the first included (<c>ip_is_fragment</c>).</summary>
    public bool IsFragment => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0x3FFF) != 0;

    /// <summary>Time to live (<c>ttl</c>).</summary>
    public byte TimeToLive => _bytes[8];

    /// <summary>What follows (<c>protocol</c>).</summary>
    public IPProtocol Protocol => (IPProtocol)_bytes[9];

    /// <summary>Header checksum (<c>check</c>).</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumOffset..]);

    /// <summary>Source address (<c>saddr</c>), 4 bytes.</summary>
    public ReadOnlySpan<byte> Source => _bytes.Slice(12, 4);

    /// <summary>Destination address (<c>daddr</c>), 4 bytes: of the next hop when there is a source route.</summary>
    public ReadOnlySpan<byte> Destination => _bytes.Slice(16, 4);

    /// <summary>The options, padding included; 0 to 40 bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinimumSize..];

    /// <summary>Where the packet is to end up: the last address of a source route not yet used up, else <see cref="Destination"/>.</summary>
    /// <remarks>RFC 791 3.1, RFC 1122 3.2.1.8; the transport's pseudo-header counts this one.</remarks>
    public ReadOnlySpan<byte> FinalDestination => _bytes.Length > MinimumSize ? IPv4SourceRoute.FinalDestination(this) : Destination;

    /// <summary>False when <paramref name="bytes"/> do not begin with version 4, or hold less than the header and its options.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out IPv4Header header)
    {
        header = default;
        if (bytes.Length < MinimumSize || bytes[0] >> 4 != 4)
            return false;
        int length = (bytes[0] & 0x0F) << 2;
        if (length < MinimumSize || length > bytes.Length)
            return false;
        header = new IPv4Header(bytes[..length]);
        return true;
    }

    /// <summary>Writes the total length (<c>tot_len</c>) into <paramref name="header"/>.</summary>
    public static void SetTotalLength(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[2..], value);

    /// <summary>Writes the identification (<c>id</c>) into <paramref name="header"/>.</summary>
    public static void SetIdentification(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[4..], value);

    /// <summary>Writes the header checksum (<c>check</c>) into <paramref name="header"/>, as given.</summary>
    public static void SetChecksum(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.IPv4, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        if (bytes[0] >> 4 != 4)
            return cursor.Malformed(LayerKind.IPv4, HeaderField.Version);
        var header = new IPv4Header(bytes);
        int headerLength = header.HeaderLength;
        if (headerLength < MinimumSize)
            return cursor.Malformed(LayerKind.IPv4, HeaderField.HeaderLength, MinimumSize);

        int length = header.TotalLength;
        LengthSource source = LengthSource.IPv4TotalLength;
        if (length == 0)
        {
            // TSO and BIG TCP leave the field empty (Linux iph_totlen).
            length = cursor.Room;
            source = LengthSource.IPv4ZeroLength;
        }
        if (!cursor.Enter(LayerKind.IPv4, MinimumSize, headerLength, length, source))
            return LayerKind.None;
        cursor.InIPv6 = false;
        return header.IsFragment ? LayerKind.Fragment : IPProtocolDispatch.Next(header.Protocol, inIPv6: false);
    }
}
