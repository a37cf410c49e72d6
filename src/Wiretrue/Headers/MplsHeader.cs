using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>One entry of an MPLS label stack, read in place (<c>struct mpls_label</c>, linux/mpls.h).</summary>
/// <remarks>
/// RFC 3032 2.1.
/// <code>
///   0                    20   23 24       32
///   +--------------------+----+-+---------+
///   | label              | TC |S| TTL     |
///   +--------------------+----+-+---------+
/// </code>
/// </remarks>
public readonly ref struct MplsHeader
{
    /// <summary>Bytes of one entry.</summary>
    public const int Size = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private MplsHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Label, 20 bits.</summary>
    public int Label => (int)(BinaryPrimitives.ReadUInt32BigEndian(_bytes) >> 12);

    /// <summary>Traffic class, 0 to 7.</summary>
    public byte TrafficClass => (byte)((_bytes[2] >> 1) & 7);

    /// <summary>The last entry of the stack (<c>MPLS_LS_S_MASK</c>).</summary>
    public bool IsBottom => (_bytes[2] & 1) != 0;

    /// <summary>Time to live.</summary>
    public byte TimeToLive => _bytes[3];

    /// <summary>Looks at <paramref name="bytes"/> as a label stack entry; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out MplsHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new MplsHeader(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>A stack that ends, and below it a header that is known.</summary>
    internal static bool IsPlausibleStack(ReadOnlySpan<byte> bytes)
    {
        while (TryCreate(bytes, out MplsHeader entry))
        {
            bytes = bytes[Size..];
            if (entry.IsBottom)
                return BelowTheStack(bytes) != LayerKind.Payload;
        }
        return false;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Mpls, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.Mpls, Size, Size))
            return LayerKind.None;
        if (!new MplsHeader(bytes).IsBottom)
            return LayerKind.Mpls;
        LayerKind below = BelowTheStack(cursor.Rest);
        return below == LayerKind.Payload ? cursor.Unrecognized() : below;
    }

    /// <summary>
    /// The stack does not say what it carries; like every router, look at the first nibble (RFC 4928 3). The version alone is a weak
    /// witness, since a bare Ethernet frame may begin with any nibble, so the header must also have a possible length.
    /// </summary>
    private static LayerKind BelowTheStack(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return LayerKind.Payload;
        return (rest[0] >> 4) switch
        {
            4 when (rest[0] & 0x0F) >= 5 => LayerKind.IPv4,
            6 => LayerKind.IPv6,
            0 when PseudowireControlWord.IsPlausible(rest) => LayerKind.PseudowireControlWord,
            _ => LayerKind.Payload,
        };
    }
}
